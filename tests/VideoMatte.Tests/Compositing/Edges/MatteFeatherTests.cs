using VideoMatte.Compositing.Edges;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Compositing.Edges;

public sealed class MatteFeatherTests : IDisposable
{
    /// <summary>Codes: two passes in single precision, rounded once.</summary>
    private const int RoundingTolerance = 1;

    /// <summary>Of full alpha: the kernel is cut at three deviations and sampled.</summary>
    private const double StepTolerance = 0.005;

    private readonly CheckingFramePool _pool = new();

    public void Dispose() => _pool.Dispose();

    [Theory]
    [InlineData(0.5, 37, 29)]
    [InlineData(3, 75, 41)]
    [InlineData(20, 50, 190)]
    [InlineData(64, 33, 17)]
    [InlineData(2, 1, 1)]
    public void Apply_Noise_IsTheGaussianWithRepeatedBorders(double pixels, int width, int height)
    {
        using AlphaMatte matte = Drawn.NoiseAlpha(_pool, width, height, width);
        using AlphaMatte blurred = Feather(matte, pixels);
        double deviation = pixels / 2;
        int reach = (int)Math.Ceiling(3 * deviation);
        double[] weights = [.. Enumerable.Range(-reach, (2 * reach) + 1).Select(k => Math.Exp(-k * k / (2 * deviation * deviation)))];
        double sum = weights.Sum();
        double[] across = new double[width * height];
        for (int i = 0; i < across.Length; i++)
            for (int k = -reach; k <= reach; k++)
                across[i] += weights[k + reach] / sum * matte.Row(i / width)[Math.Clamp((i % width) + k, 0, width - 1)];
        for (int i = 0; i < across.Length; i++)
        {
            double wanted = 0;
            for (int k = -reach; k <= reach; k++)
                wanted += weights[k + reach] / sum * across[(Math.Clamp((i / width) + k, 0, height - 1) * width) + (i % width)];
            Assert.InRange(blurred.Samples[i] - wanted, -RoundingTolerance, RoundingTolerance);
        }
    }

    /// <summary>A hard edge: half on its line, two deviations at the stated distance.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(40)]
    public void Apply_AStep_ReachesAsFarAsStated(int pixels)
    {
        using AlphaMatte step = Drawn.FlatAlpha(_pool, 300, 40, 0);
        for (int y = 0; y < 40; y++)
            step.Row(y)[..150].Fill(65535);
        using AlphaMatte blurred = Feather(step, pixels);
        ReadOnlySpan<ushort> row = blurred.Row(20);
        Assert.Equal(0.5, (row[149] + row[150]) / 2.0 / 65535, StepTolerance);
        Assert.Equal(0.0228, (row[149 + pixels] + row[150 + pixels]) / 2.0 / 65535, StepTolerance);
        Assert.Equal(0.9772, (row[149 - pixels] + row[150 - pixels]) / 2.0 / 65535, StepTolerance);
        // Rows are alike up to the frame's border, and nothing fades there.
        Assert.True(row.SequenceEqual(blurred.Row(0)) && row.SequenceEqual(blurred.Row(39)));
        Assert.Equal(65535, row[0]);
    }

    private AlphaMatte Feather(AlphaMatte matte, double pixels)
    {
        AlphaMatte result = AlphaMatte.Rent(_pool, matte.Width, matte.Height);
        new MatteFeather(pixels).Apply(matte, result);
        return result;
    }
}
