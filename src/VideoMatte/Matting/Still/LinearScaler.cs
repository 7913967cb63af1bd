using VideoMatte.Frames;

namespace VideoMatte.Matting.Still;

/// <summary>Brings planes of floats to another size: linear interpolation between sample centres, and made smaller, the same kernel stretched to
/// what a result sample covers, so that nothing aliases. The border is repeated by leaving out what lies beyond it. Used by one caller at a
/// time.</summary>
internal sealed class LinearScaler
{
    private readonly int _sourceWidth;
    private readonly int _sourceHeight;
    private readonly Taps[] _across;
    private readonly Taps[] _down;
    private readonly float[] _sums;

    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public LinearScaler(int sourceWidth, int sourceHeight, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sourceWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sourceHeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (_sourceWidth, _sourceHeight) = (sourceWidth, sourceHeight);
        _across = Kernel(sourceWidth, width);
        _down = Kernel(sourceHeight, height);
        _sums = new float[sourceWidth];
    }

    /// <param name="source">Of the source size, row after row.</param>
    /// <param name="result">Of the wanted size, row after row.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public void Scale(ReadOnlySpan<float> source, Span<float> result)
    {
        if (source.Length != _sourceWidth * _sourceHeight || result.Length != _across.Length * _down.Length)
            throw new ArgumentException("linear scaler: a plane of another size than it was made for");
        for (int y = 0; y < _down.Length; y++)
        {
            Taps down = _down[y];
            Array.Clear(_sums);
            for (int k = 0; k < down.Weights.Length; k++)
                AreaScaler.AddRow(source.Slice((down.First + k) * _sourceWidth, _sourceWidth), down.Weights[k], _sums);
            Across(result.Slice(y * _across.Length, _across.Length));
        }
    }

    private void Across(Span<float> result)
    {
        for (int x = 0; x < result.Length; x++)
        {
            Taps taps = _across[x];
            float sum = 0;
            ReadOnlySpan<float> from = _sums.AsSpan(taps.First, taps.Weights.Length), weights = taps.Weights;
            for (int k = 0; k < from.Length; k++)
                sum += from[k] * weights[k];
            result[x] = sum;
        }
    }

    private static Taps[] Kernel(int sourceCount, int count)
    {
        double step = (double)sourceCount / count, reach = Math.Max(1, step);
        Taps[] kernel = new Taps[count];
        for (int i = 0; i < count; i++)
        {
            double centre = ((i + 0.5) * step) - 0.5;
            int first = Math.Clamp((int)Math.Ceiling(centre - reach), 0, sourceCount - 1);
            int last = Math.Clamp((int)Math.Floor(centre + reach), first, sourceCount - 1);
            double[] weights = [.. Enumerable.Range(first, last - first + 1).Select(s => Math.Max(0, 1 - (Math.Abs(s - centre) / reach)))];
            double sum = weights.Sum();
            kernel[i] = new Taps(first, [.. weights.Select(w => (float)(w / sum))]);
        }

        return kernel;
    }

    private sealed record Taps(int First, float[] Weights);
}
