using VideoMatte.Matting.Still;
using Xunit;

namespace VideoMatte.Tests.Matting.Still;

public sealed class MatteUpsamplerTests
{
    private const double FloatTolerance = 2e-6;

    [Theory]
    [InlineData(8, 6, 8, 6)]
    [InlineData(8, 6, 31, 17)]
    [InlineData(1, 1, 9, 5)]
    [InlineData(1, 5, 4, 20)]
    [InlineData(9, 1, 20, 2)]
    [InlineData(40, 30, 16, 11)]
    public void Spread_AnySize_IsLinearBetweenSampleCentres(int smallWidth, int smallHeight, int width, int height)
    {
        Random random = new(smallWidth);
        float[] alpha = [.. Enumerable.Range(0, smallWidth * smallHeight).Select(_ => random.NextSingle())], full = new float[width * height];
        new MatteUpsampler(smallWidth, smallHeight, width, height).Spread(alpha, full);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                double u = Math.Clamp(((x + .5) * smallWidth / width) - .5, 0, smallWidth - 1), v = Math.Clamp(((y + .5) * smallHeight / height) - .5, 0, smallHeight - 1);
                int left = (int)u, top = (int)v, right = Math.Min(left + 1, smallWidth - 1), bottom = Math.Min(top + 1, smallHeight - 1);
                double upper = Mix(alpha[(top * smallWidth) + left], alpha[(top * smallWidth) + right], u - left);
                double lower = Mix(alpha[(bottom * smallWidth) + left], alpha[(bottom * smallWidth) + right], u - left);
                Assert.Equal(Mix(upper, lower, v - top), full[(y * width) + x], FloatTolerance);
            }
    }

    /// <summary>A picture of two tones whose border is fine, a matte that knows it coarsely: the guided matte has the picture's border.</summary>
    [Fact]
    public void Guide_AnEdgeOfThePicture_IsFollowed()
    {
        const int Width = 64, Height = 48, Small = 8;
        const float Border = 26.4f;
        float[] grey = new float[Width * Height], full = new float[Width * Height], plain = new float[Width * Height];
        for (int i = 0; i < grey.Length; i++)
            grey[i] = Math.Clamp(i % Width + 1 - Border, 0, 1) * .6f + .2f;
        float[] guide = new float[Width / Small * (Height / Small)], alpha = new float[guide.Length];
        new LinearScaler(Width, Height, Width / Small, Height / Small).Scale(grey, guide);
        for (int i = 0; i < alpha.Length; i++)
            alpha[i] = (guide[i] - .2f) / .6f;
        MatteUpsampler upsampler = new(Width / Small, Height / Small, Width, Height);
        upsampler.Guide(alpha, guide, grey, grey, grey, full);
        upsampler.Spread(alpha, plain);
        double guided = 0, linear = 0;
        for (int i = 0; i < full.Length; i++)
        {
            double truth = (grey[i] - .2) / .6;
            guided += Math.Abs(full[i] - truth);
            linear += Math.Abs(plain[i] - truth);
        }

        // Alpha is a line over grey by construction: but for epsilon (1e-3 against a variance of .02 to .09) the edge comes back whole.
        Assert.True(guided < .35 * linear, FormattableString.Invariant($"{guided:F1} against {linear:F1}"));
    }

    [Fact]
    public void Guide_AFlatPicture_IsTheSmoothedMatte()
    {
        float[] guide = [.. Enumerable.Repeat(.4f, 30)], alpha = [.. Enumerable.Range(0, 30).Select(i => i % 6 < 3 ? 1f : 0f)];
        float[] grey = [.. Enumerable.Repeat(.4f, 12 * 10)], full = new float[120];
        new MatteUpsampler(6, 5, 12, 10).Guide(alpha, guide, grey, grey, grey, full);
        Assert.All(Enumerable.Range(0, 10), y => Assert.Equal(1, full[y * 12], FloatTolerance));
        Assert.All(Enumerable.Range(0, 10), y => Assert.Equal(0, full[(y * 12) + 11], FloatTolerance));
    }

    [Fact]
    public void Apply_TheTwins_Agree()
    {
        Random random = new(5);
        for (int length = 0; length <= 520; length++)
        {
            float[][] p = [.. Enumerable.Range(0, 7).Select(_ => Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 4) - 1.5f).ToArray())];
            float[] scalar = new float[length], vector = new float[length];
            float weight = random.NextSingle();
            MatteUpsampler.ApplyScalar(p[0], p[1], p[2], p[3], weight, p[4], p[5], p[6], scalar);
            MatteUpsampler.ApplyVector(p[0], p[1], p[2], p[3], weight, p[4], p[5], p[6], vector);
            Assert.Equal(scalar, vector);
        }
    }

    private static double Mix(double a, double b, double t) => a + ((b - a) * t);
}
