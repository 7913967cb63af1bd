namespace VideoMatte.Testing.Flow;

/// <summary>A grey photo, blurred, to be sampled anywhere: cubic interpolation (Catmull and Rom), the border repeated.</summary>
internal sealed class Photo
{
    private readonly double[] _samples;
    private readonly int _width;

    public Photo(byte[] codes, int width, double blur)
    {
        (_width, Height) = (width, codes.Length / width);
        double[] kernel = [.. Enumerable.Range(-4, 9).Select(d => Math.Exp(-d * d / (2 * blur * blur)))];
        double sum = kernel.Sum();
        double[] across = new double[codes.Length];
        _samples = new double[codes.Length];
        for (int i = 0; i < codes.Length; i++)
            for (int k = 0; k < 9; k++)
                across[i] += kernel[k] / sum * codes[(i / width * width) + Math.Clamp((i % width) + k - 4, 0, width - 1)];
        for (int i = 0; i < codes.Length; i++)
            for (int k = 0; k < 9; k++)
                _samples[i] += kernel[k] / sum * across[(Math.Clamp((i / width) + k - 4, 0, Height - 1) * width) + (i % width)];
    }

    public int Height { get; }

    public double At(double x, double y)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        Span<double> across = stackalloc double[4], down = stackalloc double[4];
        Weights(x - left, across);
        Weights(y - top, down);
        double sum = 0;
        for (int row = 0; row < 4; row++)
            for (int column = 0; column < 4; column++)
                sum += down[row] * across[column]
                    * _samples[(Math.Clamp(top + row - 1, 0, Height - 1) * _width) + Math.Clamp(left + column - 1, 0, _width - 1)];
        return sum;
    }

    private static void Weights(double t, Span<double> w)
    {
        w[0] = (((-.5 * t) + 1) * t * t) - (.5 * t);
        w[1] = ((1.5 * t) - 2.5) * t * t + 1;
        w[2] = (((-1.5 * t) + 2) * t * t) + (.5 * t);
        w[3] = ((.5 * t) - .5) * t * t;
    }
}
