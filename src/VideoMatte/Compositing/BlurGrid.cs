using System.Numerics;

namespace VideoMatte.Compositing;

/// <summary>Weighted sums of up to three planes on cells of some samples, blurred there and brought back by bilinear interpolation. X, Y, Z
/// of a cell are colour times weight, W the weight. Used by one caller at a time.</summary>
internal sealed class BlurGrid
{
    /// <summary>A little weight for what is covered in full, so that a cell deep inside the subject has a colour (which nobody
    /// sees).</summary>
    private const int LeastWeight = 4;

    /// <summary>By the upper 8 bits of alpha: (1 - alpha)^4 x 65535. In the band a sample is a mixture, and lends the subject's part of it
    /// to the room; the fourth power leaves a third of the halo that 1 - alpha leaves.</summary>
    private static readonly int[] Weights =
        [.. Enumerable.Range(0, 256).Select(a => (int)Math.Round(Math.Pow((255 - a) / 255.0, 4) * 65535) + LeastWeight)];

    /// <summary>A running sum is made anew after so many cells: what rounding adds up to then stays far below the least weight.</summary>
    private const int SumsAnew = 32;

    private readonly int _width;
    private readonly int _height;
    private readonly int _cellWidth;
    private readonly int _cellHeight;
    private readonly int _columns;
    private readonly int _rows;
    private readonly int[] _boxesAcross;
    private readonly int[] _boxesDown;
    private readonly float[] _line;
    private Vector4[] _cells;
    private Vector4[] _spare;

    /// <param name="width">Samples a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="sigmaX">Standard deviation across, in samples, 1 or more.</param>
    /// <param name="sigmaY">Standard deviation down, in samples, 1 or more.</param>
    public BlurGrid(int width, int height, double sigmaX, double sigmaY)
    {
        _width = width;
        _height = height;
        _cellWidth = CellSize(sigmaX);
        _cellHeight = CellSize(sigmaY);
        _columns = (width + _cellWidth - 1) / _cellWidth;
        _rows = (height + _cellHeight - 1) / _cellHeight;
        _boxesAcross = Boxes(sigmaX, _cellWidth);
        _boxesDown = Boxes(sigmaY, _cellHeight);
        _cells = new Vector4[_columns * _rows];
        _spare = new Vector4[_cells.Length];
        _line = new float[_columns];
    }

    /// <summary>Begins a picture: each sample weighs the more the less it is covered.</summary>
    public void Weigh(ReadOnlySpan<ushort> alpha)
    {
        Array.Clear(_cells);
        for (int y = 0; y < _height; y++)
        {
            ReadOnlySpan<ushort> row = alpha.Slice(y * _width, _width);
            Span<Vector4> cells = _cells.AsSpan(y / _cellHeight * _columns, _columns);
            for (int cell = 0; cell < cells.Length; cell++)
            {
                ReadOnlySpan<ushort> part = row[(cell * _cellWidth)..Math.Min((cell + 1) * _cellWidth, _width)];
                long sum = 0;
                foreach (ushort a in part)
                    sum += Weights[a >> 8];
                cells[cell].W += sum;
            }
        }
    }

    /// <summary>Adds one plane's samples, as channel 0, 1 or 2.</summary>
    public void Gather<T>(int channel, ReadOnlySpan<T> samples, ReadOnlySpan<ushort> alpha)
        where T : unmanaged
    {
        for (int y = 0; y < _height; y++)
        {
            ReadOnlySpan<ushort> row = alpha.Slice(y * _width, _width);
            ReadOnlySpan<T> plane = samples.Slice(y * _width, _width);
            Span<Vector4> cells = _cells.AsSpan(y / _cellHeight * _columns, _columns);
            for (int cell = 0; cell < cells.Length; cell++)
            {
                int from = cell * _cellWidth, to = Math.Min(from + _cellWidth, _width);
                long sum = 0;
                for (int x = from; x < to; x++)
                    sum += (long)Weights[row[x] >> 8] * SampleOf.Code(plane, x);
                cells[cell][channel] += sum;
            }
        }
    }

    /// <summary>Blurs all channels and divides them by their weight.</summary>
    public void Blur()
    {
        foreach (int box in _boxesAcross)
        {
            for (int y = 0; y < _rows; y++)
                BoxAcross(y * _columns, box);
            (_cells, _spare) = (_spare, _cells);
        }

        foreach (int box in _boxesDown)
        {
            BoxDown(box);
            (_cells, _spare) = (_spare, _cells);
        }

        for (int i = 0; i < _cells.Length; i++)
            _cells[i] /= _cells[i].W;
    }

    /// <summary>Writes a channel at full size.</summary>
    public void Expand<T>(int channel, Span<T> samples)
        where T : unmanaged
    {
        for (int y = 0; y < _height; y++)
        {
            double at = Math.Clamp(((y + 0.5) / _cellHeight) - 0.5, 0, _rows - 1);
            int upper = (int)at, lower = Math.Min(upper + 1, _rows - 1);
            float part = (float)(at - upper);
            for (int x = 0; x < _columns; x++)
            {
                float a = _cells[(upper * _columns) + x][channel], b = _cells[(lower * _columns) + x][channel];
                _line[x] = a + ((b - a) * part);
            }

            ExpandRow(_line, samples.Slice(y * _width, _width));
        }
    }

    private void ExpandRow<T>(ReadOnlySpan<float> line, Span<T> row)
        where T : unmanaged
    {
        int x = 0;
        for (int cell = -1; cell < line.Length && x < row.Length; cell++)
        {
            // From this cell's centre to the next one's the row is a ramp; before the first and after the last it is level.
            float from = line[Math.Max(cell, 0)], to = line[Math.Min(cell + 1, line.Length - 1)];
            int start = (cell * _cellWidth) + (_cellWidth / 2), end = Math.Min(start + _cellWidth, row.Length);
            float step = (to - from) / _cellWidth, value = from + (step * (x - start + (_cellWidth == 1 ? 0 : 0.5f))) + 0.5f;
            for (; x < end; x++)
            {
                row[x] = SampleOf.Of<T>((int)value);
                value += step;
            }
        }
    }

    /// <summary>One box along a row, from <see cref="_cells"/> into <see cref="_spare"/>; cells outside weigh nothing.</summary>
    private void BoxAcross(int at, int size)
    {
        ReadOnlySpan<Vector4> cells = _cells.AsSpan(at, _columns);
        Span<Vector4> result = _spare.AsSpan(at, _columns);
        int half = size / 2;
        Vector4 sum = default;
        for (int i = 0; i < cells.Length; i++)
        {
            if (i % SumsAnew == 0)
            {
                sum = default;
                foreach (Vector4 cell in cells[Math.Max(i - half, 0)..Math.Min(i + half + 1, cells.Length)])
                    sum += cell;
            }
            else
            {
                if (i + half < cells.Length)
                    sum += cells[i + half];
                if (i - half - 1 >= 0)
                    sum -= cells[i - half - 1];
            }

            result[i] = sum;
        }
    }

    /// <summary>One box down all columns, row by row: the running sums of a row are the results of the row above.</summary>
    private void BoxDown(int size)
    {
        int half = size / 2;
        for (int y = 0; y < _rows; y++)
        {
            Span<Vector4> result = _spare.AsSpan(y * _columns, _columns);
            if (y % SumsAnew == 0)
            {
                result.Clear();
                for (int row = Math.Max(y - half, 0); row <= Math.Min(y + half, _rows - 1); row++)
                    Add(CellRow(row), 1, result);
                continue;
            }

            _spare.AsSpan((y - 1) * _columns, _columns).CopyTo(result);
            if (y + half < _rows)
                Add(CellRow(y + half), 1, result);
            if (y - half - 1 >= 0)
                Add(CellRow(y - half - 1), -1, result);
        }
    }

    private ReadOnlySpan<Vector4> CellRow(int y) => _cells.AsSpan(y * _columns, _columns);

    private static void Add(ReadOnlySpan<Vector4> row, float sign, Span<Vector4> sums)
    {
        for (int x = 0; x < sums.Length; x++)
            sums[x] += sign * row[x];
    }

    /// <summary>The largest power of two that leaves the blur 3 cells wide: narrower ones no three boxes come near.</summary>
    private static int CellSize(double sigma) => 1 << Math.Max(0, (int)Math.Log2(sigma / 3));

    /// <summary>Odd widths of three boxes whose variances add up to the Gaussian's (Kovesi 2010, "Fast almost-Gaussian filtering"), less
    /// what averaging into cells and interpolating between them already blur: a twelfth and a sixth of the cell's side squared.</summary>
    private static int[] Boxes(double sigma, int cell)
    {
        const int Passes = 3;
        double variance = cell == 1 ? sigma * sigma : Math.Max(((sigma * sigma) / ((double)cell * cell)) - 0.25, 0);
        int small = (int)Math.Sqrt((12 * variance / Passes) + 1);
        if (small % 2 == 0)
            small--;
        double smallOnes = ((12 * variance) - (Passes * small * small) - (4 * Passes * small) - (3 * Passes)) / ((-4 * small) - 4);
        int count = (int)Math.Round(smallOnes, MidpointRounding.AwayFromZero);
        return [.. Enumerable.Range(0, Passes).Select(i => i < count ? small : small + 2)];
    }
}
