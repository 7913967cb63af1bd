using VideoMatte.Frames;

namespace VideoMatte.Compositing.Edges;

/// <summary>Blurs a matte with a Gaussian of standard deviation s = PX / 2, sampled at whole pixels up to 3 s, its weights summing to 1,
/// across and then down. A hard edge becomes a ramp that has all but 2.3 % of its height within PX to each side. Beyond the frame its
/// border is repeated: a subject cut by the frame's edge does not fade there.</summary>
internal sealed class MatteFeather
{
    private const double DeviationsPerPixel = 0.5, Deviations = 3;

    /// <summary>Rows of cells worked on together: a band lower than the kernel would blur most rows across more than once.</summary>
    private const int MostBands = 8;

    private readonly float[] _weights;
    private readonly int _bands;
    private readonly PaddedBlock _block = new();
    private readonly PaddedBlock _across = new();
    private float[] _sums = [];
    private BusyCells? _cells;

    /// <param name="pixels">Above 0.</param>
    public MatteFeather(double pixels)
    {
        double deviation = pixels * DeviationsPerPixel;
        int reach = (int)Math.Ceiling(deviation * Deviations);
        double[] weights = [.. Enumerable.Range(0, reach + 1).Select(k => Math.Exp(-k * k / (2 * deviation * deviation)))];
        double sum = weights[0] + (2 * weights.Skip(1).Sum());
        _weights = [.. weights.Select(w => (float)(w / sum))];
        _bands = Math.Clamp(2 * reach / BusyCells.Side, 1, MostBands);
    }

    private int Reach => _weights.Length - 1;

    /// <summary>The blurred matte.</summary>
    /// <param name="matte">Borrowed.</param>
    /// <param name="result">Of its size; another one.</param>
    public void Apply(AlphaMatte matte, AlphaMatte result)
    {
        _cells = BusyCells.Of(matte, _cells);
        matte.Samples.CopyTo(result.Samples);
        for (int row = 0; row < _cells.Rows; row += _bands)
            for (int from = 0; _cells.NextRun(row, _bands, from, Reach, out int start, out int end); from = end)
                Blur(matte, result, start * BusyCells.Side, row * BusyCells.Side, (end - start) * BusyCells.Side);
    }

    private void Blur(AlphaMatte matte, AlphaMatte result, int x, int y, int width)
    {
        width = Math.Min(width, matte.Width - x);
        int height = Math.Min(_bands * BusyCells.Side, matte.Height - y);
        _block.Load(matte, x, y, width, height, Reach, inverted: false);
        _across.Resize(width, _block.Height);
        for (int row = 0; row < _block.Height; row++)
        {
            ReadOnlySpan<float> from = _block.Row(row);
            Span<float> sums = _across.Row(row);
            FloatRows.Begin(sums, from.Slice(Reach, width), _weights[0]);
            for (int k = 1; k <= Reach; k++)
                FloatRows.AddPair(sums, from.Slice(Reach - k, width), from.Slice(Reach + k, width), _weights[k]);
        }

        if (_sums.Length < width)
            _sums = new float[width];
        Span<float> down = _sums.AsSpan(0, width);
        for (int row = 0; row < height; row++)
        {
            FloatRows.Begin(down, _across.Row(row + Reach), _weights[0]);
            for (int k = 1; k <= Reach; k++)
                FloatRows.AddPair(down, _across.Row(row + Reach - k), _across.Row(row + Reach + k), _weights[k]);
            FloatRows.ToCodes(down, result.Row(y + row).Slice(x, width), inverted: false);
        }
    }
}
