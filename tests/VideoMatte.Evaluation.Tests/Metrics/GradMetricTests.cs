using System.Diagnostics;
using VideoMatte.Evaluation.Metrics;
using VideoMatte.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Evaluation.Tests.Metrics;

public sealed class GradMetricTests(ITestOutputHelper output)
{
    /// <summary>Single precision against the taps' six decimals.</summary>
    private const double OfTheTaps = 5e-6;

    /// <summary>G and G' as the published evaluation's sizes give them (sigma 1.4, eps 0.01: half width 4), unit vectors.</summary>
    private static readonly double[] Smooth = [.010716, .063906, .228819, .491881, .634818, .491881, .228819, .063906, .010716];
    private static readonly double[] Slope = [.043299, .193671, .462297, .496889, 0, -.496889, -.462297, -.193671, -.043299];

    /// <summary>One full pixel in the middle leaves the kernel itself; its squares sum to 1 for each direction, the kernel being normalised.</summary>
    [Fact]
    public void Of_OnePixel_IsTheSumOfBothKernelsSquared()
    {
        ushort[] empty = new ushort[15 * 15], one = new ushort[15 * 15];
        one[(7 * 15) + 7] = ushort.MaxValue;
        Assert.Equal(2 / 1000.0, new GradMetric(15, 15).Of(one, empty, GradVariant.Hr), OfTheTaps / 1000);
    }

    /// <summary>A step in every row: the gradient lies across, down the column G sums to 2.2255, across the row G' is summed over what is full.</summary>
    [Fact]
    public void Of_AStep_IsTheRunningSumOfTheSlope()
    {
        const int Width = 20, Height = 3, Edge = 10;
        float[] step = [.. Enumerable.Range(0, Width * Height).Select(i => i % Width < Edge ? 0f : 1f)], flat = new float[Width * Height];
        double column = Smooth.Sum(), expected = 0;
        for (int x = 0; x < Width; x++)
        {
            double across = Enumerable.Range(-4, 9).Where(k => Math.Clamp(x + k, 0, Width - 1) >= Edge).Sum(k => Slope[k + 4]);
            expected += Height * Math.Pow(across * column, 2) / 1000;
        }

        Assert.Equal(expected, new GradMetric(Width, Height).Of(step, flat, GradVariant.Hr), OfTheTaps);
    }

    /// <summary>Borders are repeated: a picture of one value has no gradient there. With zeros outside it would.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(33, 17)]
    public void Of_AFlatMatte_HasNoGradientAtItsBorder(int width, int height)
    {
        ushort[] full = new ushort[width * height], empty = new ushort[width * height];
        Array.Fill(full, ushort.MaxValue);
        foreach (GradVariant variant in Enum.GetValues<GradVariant>())
            Assert.Equal(0, new GradMetric(width, height).Of(full, empty, variant), 12);
    }

    [Fact]
    public void Of_AHalvedMatte_IsEqualOnlyWhereStretched()
    {
        (int width, int height) = (32, 24);
        ushort[] truth = Ramp(width, height, 65534), half = [.. truth.Select(v => (ushort)((v / 2) + 1000))];
        GradMetric grad = new(width, height);
        Assert.Equal(0, grad.Of(half, truth, GradVariant.Lr), 9);
        double whole = grad.Of(truth, new ushort[truth.Length], GradVariant.Hr);
        Assert.True(whole > 1e-3);
        // Half the gradient is missing: a quarter of its square.
        Assert.Equal(whole / 4, grad.Of(half, truth, GradVariant.Hr), whole * 1e-4);
    }

    /// <summary>A constant matte is stretched to nothing and not to infinity: what is left is the truth's own gradient.</summary>
    [Fact]
    public void Of_AConstantMatteStretched_IsTheTruthsOwnGradient()
    {
        (int width, int height) = (32, 24);
        ushort[] truth = Ramp(width, height, 65535), flat = new ushort[truth.Length];
        Array.Fill(flat, (ushort)1234);
        GradMetric grad = new(width, height);
        Assert.Equal(grad.Of(new ushort[truth.Length], truth, GradVariant.Hr), grad.Of(flat, truth, GradVariant.Lr), 12);
    }

    /// <summary>Against the definition, pixel by pixel with 81 taps: sizes smaller and larger than the kernel, codes and singles.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 9)]
    [InlineData(7, 5)]
    [InlineData(41, 23)]
    public void Of_Noise_IsWhatTheDefinitionSays(int width, int height)
    {
        Random random = new(3);
        ushort[] a = Noise(random, width * height), g = Noise(random, width * height);
        float[] af = Singles(a), gf = Singles(g);
        GradMetric grad = new(width, height);
        foreach (GradVariant variant in Enum.GetValues<GradVariant>())
        {
            double expected = Defined(Stretched(af, variant), Stretched(gf, variant), width, height);
            Assert.Equal(expected, grad.Of(a, g, variant), OfTheTaps * (1 + expected));
            Assert.Equal(grad.Of(a, g, variant), grad.Of(af, gf, variant));
        }
    }

    /// <summary>Only what lies within five pixels of the true band counts, and there all of it.</summary>
    [Fact]
    public void InBand_CountsSquaresAroundTheTrueBand()
    {
        (int width, int height) = (61, 47);
        Random random = new(4);
        ushort[] a = Noise(random, width * height), g = new ushort[width * height];
        foreach ((int x, int y, ushort v) in ((int, int, ushort)[])[(0, 0, 7), (30, 20, 65534), (31, 20, 1), (58, 45, 30000)])
            g[(y * width) + x] = v;
        g[(10 * width) + 50] = ushort.MaxValue;
        float[] af = Singles(a), gf = Singles(g);
        double[] x2 = Differences(af, gf, width, height);
        double expected = 0;
        for (int i = 0; i < x2.Length; i++)
            if (Enumerable.Range(0, g.Length).Any(j => g[j] is > 0 and < ushort.MaxValue
                && Math.Abs((i % width) - (j % width)) <= GradMetric.BandReach && Math.Abs((i / width) - (j / width)) <= GradMetric.BandReach))
                expected += x2[i] / 1000;
        GradMetric grad = new(width, height);
        Assert.Equal(expected, grad.InBand(a, g), OfTheTaps * (1 + expected));
        Assert.Equal(grad.InBand(a, g), grad.InBand(af, gf));
        Assert.Equal(0, grad.InBand(a, new ushort[g.Length]));
    }

    [Fact]
    public void Of_AnotherSize_IsRefused()
    {
        GradMetric grad = new(4, 3);
        Assert.Throws<ArgumentException>(() => grad.Of(new ushort[12], new ushort[11], GradVariant.Hr));
        Assert.Throws<ArgumentException>(() => grad.InBand(new float[13], new float[12]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradMetric(0, 3));
    }

    /// <summary>A researcher scores thousands of frames. The best of many: a busy machine is slow, not the code.</summary>
    [Fact]
    public void Of_A1080pFrame_TakesLessThan40Milliseconds()
    {
        Random random = new(5);
        ushort[] a = Noise(random, 1920 * 1080), g = Noise(random, 1920 * 1080);
        GradMetric grad = new(1920, 1080);
        double best = double.MaxValue;
        for (int i = 0; i < 40; i++)
        {
            long start = Stopwatch.GetTimestamp();
            grad.Of(a, g, GradVariant.Lr);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        output.WriteLine($"Grad of 1920x1080: {best:F1} ms");
        Assert.True(best < 40, $"{best:F1} ms");
    }

    private static ushort[] Ramp(int width, int height, int full) => [.. Enumerable.Range(0, width * height).Select(i => (ushort)(full * (i % width) / (width - 1)))];

    private static ushort[] Noise(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (ushort)random.Next(65536))];

    private static float[] Singles(ushort[] codes) => [.. codes.Select(v => v / 65535f)];

    private static float[] Stretched(float[] plane, GradVariant variant)
    {
        if (variant == GradVariant.Hr)
            return plane;
        (float low, float high) = (plane.Min(), plane.Max());
        return [.. plane.Select(v => high > low ? (v - low) / (high - low) : 0)];
    }

    private static double Defined(float[] a, float[] g, int width, int height) => Differences(a, g, width, height).Sum() / 1000;

    /// <summary>(|grad g| - |grad a|)^2 of each pixel.</summary>
    private static double[] Differences(float[] a, float[] g, int width, int height) =>
        [.. Enumerable.Range(0, a.Length).Select(i => Math.Pow(Length(g, i % width, i / width, width, height) - Length(a, i % width, i / width, width, height), 2))];

    private static double Length(float[] plane, int x, int y, int width, int height)
    {
        const double Sigma = 1.4;
        double Gauss(int k) => Math.Exp(-k * k / (2 * Sigma * Sigma));
        double across = 0, down = 0, norm = 0;
        for (int j = -4; j <= 4; j++)
            for (int i = -4; i <= 4; i++)
            {
                double tap = -i * Gauss(i) * Gauss(j), turned = -j * Gauss(i) * Gauss(j);
                float value = plane[(Math.Clamp(y + j, 0, height - 1) * width) + Math.Clamp(x + i, 0, width - 1)];
                (across, down, norm) = (across + (tap * value), down + (turned * value), norm + (tap * tap));
            }

        return Math.Sqrt(((across * across) + (down * down)) / norm);
    }
}
