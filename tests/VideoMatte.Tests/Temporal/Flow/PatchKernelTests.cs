using VideoMatte.Temporal.Flow;
using Xunit;

namespace VideoMatte.Tests.Temporal.Flow;

public sealed class PatchKernelTests
{
    private const int Tries = 500;

    private readonly Random _random = new(2);

    /// <summary>The same bits: both add column by column, then the columns in one order.</summary>
    [Fact]
    public void Fit_AnyStride_TwinsAgree()
    {
        for (int i = 0; i < Tries; i++)
        {
            int stride = _random.Next(9, 40), length = (9 * stride) + 9;
            float[] from = Lines.Floats(_random, length, 255), to = Lines.Floats(_random, length, 255);
            float[] x = Lines.Floats(_random, length, 255), y = Lines.Floats(_random, length, 255);
            (float shareX, float shareY) = (_random.NextSingle(), _random.NextSingle());
            Assert.Equal(
                PatchKernel.FitScalar(from, x, y, to, stride, shareX, shareY), PatchKernel.FitVector(from, x, y, to, stride, shareX, shareY));
            Assert.Equal(PatchKernel.GradientsScalar(x, y, stride), PatchKernel.GradientsVector(x, y, stride));
        }
    }

    /// <summary>A plane with one slope, looked at half a pixel off: every difference is half the slope.</summary>
    [Fact]
    public void Fit_OnASlope_SumsWhatIsKnown()
    {
        float[] slope = [.. Enumerable.Range(0, 9 * 16).Select(i => (4f * (i % 16)) + (2 * (i / 16)))];
        float[] x = [.. slope.Select(_ => 4f)], y = [.. slope.Select(_ => 2f)];
        // d = 4 x .5 + 2 x .25 = 2.5 on 64 pixels.
        Assert.Equal(new PatchFit(160, 400, 640, 320), PatchKernel.Fit(slope, x, y, slope, 16, .5f, .25f));
        Assert.Equal(new GradientSums(256, 128, 1024, 512, 256), PatchKernel.Gradients(x, y, 16));
    }

    [Fact]
    public void Spread_AnyStrideAndHeight_TwinsAgree()
    {
        for (int i = 0; i < Tries; i++)
        {
            int stride = _random.Next(9, 40), resultStride = _random.Next(8, 40), rows = _random.Next(1, 9);
            float[] from = Lines.Floats(_random, (9 * stride) + 9, 255), to = Lines.Floats(_random, (9 * stride) + 9, 255);
            float[][] scalar = [.. Enumerable.Range(0, 3).Select(_ => Lines.Floats(_random, 8 * resultStride, 40))], vector = [.. scalar.Select(p => (float[])p.Clone())];
            (float shareX, float shareY, float u, float v) = (_random.NextSingle(), _random.NextSingle(), 9 * _random.NextSingle(), -_random.NextSingle());
            PatchKernel.SpreadScalar(from, to, stride, shareX, shareY, u, v, rows, new SpreadSums(scalar[0], scalar[1], scalar[2], resultStride));
            PatchKernel.SpreadVector(from, to, stride, shareX, shareY, u, v, rows, new SpreadSums(vector[0], vector[1], vector[2], resultStride));
            for (int plane = 0; plane < 3; plane++)
                Assert.Equal(scalar[plane], vector[plane]);
        }
    }

    [Fact]
    public void AnyKernel_ALineTooShort_Throws()
    {
        float[] enough = new float[(8 * 16) + 9], little = new float[(8 * 16) + 8];
        PatchKernel.Fit(enough, enough, enough, enough, 16, 0, 0);
        Assert.Throws<ArgumentException>(() => PatchKernel.Fit(enough, enough, enough, little, 16, 0, 0));
        Assert.Throws<ArgumentException>(() => PatchKernel.Gradients(new float[119], enough, 16));
        Assert.Throws<ArgumentException>(() => PatchKernel.Spread(enough, little, 16, 0, 0, 0, 0, 8, new SpreadSums(enough, enough, enough, 16)));
    }
}
