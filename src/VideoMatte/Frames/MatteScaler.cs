namespace VideoMatte.Frames;

/// <summary>Brings a matte to another size: cubic interpolation through the samples (Catmull and Rom, 1974), across and down; made smaller,
/// the kernel is stretched to what a result sample covers, so that thin strands become faint rather than vanish by chance. Its small
/// overshoot is cut at 0 and full; 0 and full areas stay exact. Beyond the border its samples are repeated. Used by one caller at a
/// time.</summary>
public sealed class MatteScaler
{
    private readonly int _sourceWidth;
    private readonly int _sourceHeight;
    private readonly int _width;
    private readonly int _height;
    private readonly Taps[] _across;
    private readonly Taps[] _down;
    private readonly float[] _sums;

    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public MatteScaler(int sourceWidth, int sourceHeight, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sourceWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sourceHeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (_sourceWidth, _sourceHeight, _width, _height) = (sourceWidth, sourceHeight, width, height);
        _across = Kernel(sourceWidth, width);
        _down = Kernel(sourceHeight, height);
        _sums = new float[sourceWidth];
    }

    /// <param name="source">Of the source size, row after row.</param>
    /// <param name="result">Of the wanted size, row after row.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public void Scale(ReadOnlySpan<ushort> source, Span<ushort> result)
    {
        if (source.Length != _sourceWidth * _sourceHeight || result.Length != _width * _height)
            throw new ArgumentException("matte scaler: a matte of another size than it was made for");
        for (int y = 0; y < _height; y++)
        {
            Array.Clear(_sums);
            Taps down = _down[y];
            for (int k = 0; k < down.Weights.Length; k++)
                AreaScaler.AddRow(source.Slice((down.First + k) * _sourceWidth, _sourceWidth), down.Weights[k], _sums);
            Across(result.Slice(y * _width, _width));
        }
    }

    private void Across(Span<ushort> result)
    {
        for (int x = 0; x < result.Length; x++)
        {
            Taps taps = _across[x];
            ReadOnlySpan<float> from = _sums.AsSpan(taps.First, taps.Weights.Length);
            float sum = 0;
            for (int k = 0; k < from.Length; k++)
                sum += from[k] * taps.Weights[k];
            result[x] = (ushort)(Math.Clamp(sum, 0, AlphaMatte.Opaque) + 0.5f);
        }
    }

    /// <summary>For each result sample the source samples it is made of and their weights, which sum to 1.</summary>
    private static Taps[] Kernel(int sourceCount, int count)
    {
        double step = (double)sourceCount / count, stretch = Math.Max(1, step);
        Taps[] kernel = new Taps[count];
        for (int i = 0; i < count; i++)
        {
            double centre = ((i + 0.5) * step) - 0.5;
            int from = (int)Math.Floor(centre - (2 * stretch)) + 1, to = (int)Math.Ceiling(centre + (2 * stretch));
            int first = Math.Clamp(from, 0, sourceCount - 1), last = Math.Clamp(to - 1, first, sourceCount - 1);
            double[] weights = new double[last - first + 1];
            for (int s = from; s < to; s++)
                weights[Math.Clamp(s, first, last) - first] += CatmullRom(Math.Abs(s - centre) / stretch);
            double sum = weights.Sum();
            kernel[i] = new Taps(first, [.. weights.Select(w => (float)(w / sum))]);
        }

        return kernel;
    }

    private static double CatmullRom(double x) => x switch
    {
        < 1 => (((1.5 * x) - 2.5) * x * x) + 1,
        < 2 => (((((-0.5 * x) + 2.5) * x) - 4) * x) + 2,
        _ => 0,
    };

    private sealed record Taps(int First, float[] Weights);
}
