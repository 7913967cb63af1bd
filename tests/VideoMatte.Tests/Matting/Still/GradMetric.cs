namespace VideoMatte.Tests.Matting.Still;

/// <summary>Grad of the matting benchmarks (Rhemann et al. 2009), as Robust Video Matting's evaluation computes it for large frames: the sum of
/// squared differences of gradient lengths over 1000; Gaussian derivative, sigma 1.4, 9 taps, correlation, borders repeated.</summary>
internal static class GradMetric
{
    private const double Sigma = 1.4;
    private const int Half = 4;

    private static readonly (double[] Smooth, double[] Slope) Taps = MakeTaps();

    public static double Of(float[] prediction, float[] truth, int width, int height)
    {
        double[] a = Lengths(prediction, width, height), g = Lengths(truth, width, height);
        return a.Zip(g, (x, y) => (x - y) * (x - y)).Sum() / 1000;
    }

    /// <summary>Summed only where the truth is between 0 and 1, or such a pixel is no farther than 5 across and down.</summary>
    public static double InBand(float[] prediction, float[] truth, int width, int height)
    {
        const int Reach = 5;
        double[] a = Lengths(prediction, width, height), g = Lengths(truth, width, height);
        bool[] across = new bool[truth.Length];
        for (int i = 0; i < truth.Length; i++)
            if (truth[i] is > 0 and < 1)
                across.AsSpan(i - Math.Min(Reach, i % width), Math.Min(Reach, i % width) + 1 + Math.Min(Reach, width - 1 - (i % width))).Fill(true);
        double sum = 0;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int v = Math.Max(0, y - Reach); v <= Math.Min(height - 1, y + Reach); v++)
                    if (across[(v * width) + x])
                    {
                        double step = a[(y * width) + x] - g[(y * width) + x];
                        sum += step * step;
                        break;
                    }

        return sum / 1000;
    }

    private static (double[] Smooth, double[] Slope) MakeTaps()
    {
        double Gauss(int x) => Math.Exp(-x * x / (2 * Sigma * Sigma)) / (Sigma * Math.Sqrt(2 * Math.PI));
        double[] smooth = [.. Enumerable.Range(-Half, (2 * Half) + 1).Select(Gauss)];
        double[] slope = [.. Enumerable.Range(-Half, (2 * Half) + 1).Select(x => -x * Gauss(x) / (Sigma * Sigma))];
        // The outer product's Frobenius norm is the product of the two lengths.
        double Length(double[] v) => Math.Sqrt(v.Sum(t => t * t));
        return ([.. smooth.Select(t => t / Length(smooth))], [.. slope.Select(t => t / Length(slope))]);
    }

    private static double[] Lengths(float[] plane, int width, int height)
    {
        double[] acrossSmooth = Across(plane, width, height, Taps.Smooth), acrossSlope = Across(plane, width, height, Taps.Slope);
        double[] x = Down(acrossSlope, width, height, Taps.Smooth), y = Down(acrossSmooth, width, height, Taps.Slope);
        return [.. x.Zip(y, (u, v) => Math.Sqrt((u * u) + (v * v)))];
    }

    private static double[] Across(float[] plane, int width, int height, double[] taps)
    {
        double[] result = new double[width * height];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int k = -Half; k <= Half; k++)
                    result[(y * width) + x] += taps[k + Half] * plane[(y * width) + Math.Clamp(x + k, 0, width - 1)];
        return result;
    }

    private static double[] Down(double[] plane, int width, int height, double[] taps)
    {
        double[] result = new double[width * height];
        for (int y = 0; y < height; y++)
            for (int k = -Half; k <= Half; k++)
                for (int x = 0; x < width; x++)
                    result[(y * width) + x] += taps[k + Half] * plane[(Math.Clamp(y + k, 0, height - 1) * width) + x];
        return result;
    }
}
