using VideoMatte.Frames;

namespace VideoMatte.Compositing.Edges;

/// <summary>Where a matte is not flat: edges are thin, so that a tool which leaves flat parts as they are need not look at most of a frame.
/// The frame is divided into cells of 16 by 16 samples (the last ones maybe less); a cell is busy where not all samples within a reach of it
/// are equal.</summary>
internal sealed class BusyCells
{
    public const int Side = 16;

    private readonly int _width;
    private readonly int _height;
    private readonly ushort[] _least;
    private readonly ushort[] _greatest;

    public BusyCells(int width, int height)
    {
        (_width, _height) = (width, height);
        Columns = (width + Side - 1) / Side;
        Rows = (height + Side - 1) / Side;
        _least = new ushort[Columns * Rows];
        _greatest = new ushort[Columns * Rows];
    }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>Cells for a matte, measured: those given where they are of its size, else new ones.</summary>
    public static BusyCells Of(AlphaMatte matte, BusyCells? kept)
    {
        BusyCells cells = kept is not null && kept._width == matte.Width && kept._height == matte.Height
            ? kept
            : new BusyCells(matte.Width, matte.Height);
        cells.Measure(matte.Samples);
        return cells;
    }

    /// <summary>Looks at every sample once.</summary>
    /// <param name="alpha">Width x Height, rows without padding.</param>
    public void Measure(ReadOnlySpan<ushort> alpha)
    {
        Array.Fill(_least, ushort.MaxValue);
        Array.Clear(_greatest);
        for (int y = 0; y < _height; y++)
        {
            ReadOnlySpan<ushort> row = alpha.Slice(y * _width, _width);
            Span<ushort> least = _least.AsSpan(y / Side * Columns, Columns), greatest = _greatest.AsSpan(y / Side * Columns, Columns);
            for (int column = 0; column < Columns; column++)
            {
                ReadOnlySpan<ushort> part = row.Slice(column * Side, Math.Min(Side, _width - (column * Side)));
                // A part of equal samples, as most are, is known by one comparison.
                ushort first = part[0];
                if (!part.ContainsAnyExcept(first))
                {
                    least[column] = Math.Min(least[column], first);
                    greatest[column] = Math.Max(greatest[column], first);
                    continue;
                }

                foreach (ushort a in part)
                {
                    least[column] = Math.Min(least[column], a);
                    greatest[column] = Math.Max(greatest[column], a);
                }
            }
        }
    }

    /// <summary>The next run of busy cells in a band of rows of cells, from a column on.</summary>
    /// <param name="row">First row of cells of the band.</param>
    /// <param name="rows">Rows of the band, 1 or more.</param>
    /// <param name="from">First column looked at.</param>
    /// <param name="reach">Samples around a cell that count.</param>
    /// <param name="start">Its first column.</param>
    /// <param name="end">The column after its last.</param>
    public bool NextRun(int row, int rows, int from, int reach, out int start, out int end)
    {
        int ring = (reach + Side - 1) / Side;
        int top = Math.Max(0, row - ring), bottom = Math.Min(Rows, row + rows + ring);
        for (start = from; start < Columns && !IsBusy(start, ring, top, bottom); start++)
        {
        }

        for (end = start; end < Columns && IsBusy(end, ring, top, bottom); end++)
        {
        }

        return end > start;
    }

    private bool IsBusy(int column, int ring, int top, int bottom)
    {
        int left = Math.Max(0, column - ring), count = Math.Min(Columns, column + ring + 1) - left;
        ushort value = _least[(top * Columns) + left];
        for (int row = top; row < bottom; row++)
        {
            if (_least.AsSpan((row * Columns) + left, count).ContainsAnyExcept(value)
                || _greatest.AsSpan((row * Columns) + left, count).ContainsAnyExcept(value))
                return true;
        }

        return false;
    }
}
