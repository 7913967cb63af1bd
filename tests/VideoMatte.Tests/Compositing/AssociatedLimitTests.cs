using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Compositing;

public sealed class AssociatedLimitTests
{
    /// <summary>Codes of the picture's depth above alpha's: one that is allowed, and what rounding a code of luma makes in RGB.</summary>
    private const double Allowed = 2;

    [Theory]
    [InlineData(8, ColourRange.Limited, ColourMatrix.Bt709)]
    [InlineData(8, ColourRange.Full, ColourMatrix.Smpte170M)]
    [InlineData(10, ColourRange.Limited, ColourMatrix.Bt2020NonConstant)]
    [InlineData(16, ColourRange.Limited, ColourMatrix.Bt709)]
    public void Apply_NoiseOfAnyCode_HoldsRgbUnderAlpha(int depth, ColourRange range, ColourMatrix matrix)
    {
        using CheckingFramePool pool = new();
        FrameFormat format = new(97, 61, PlaneLayout.Yuv444, depth, new ColourDescription(matrix, range));
        using VideoFrame noise = Drawn.Noise(pool, format, 3);
        using AlphaMatte alpha = Drawn.NoiseAlpha(pool, 97, 61, 4);
        using VideoFrame plain = Association.Premultiply(noise, alpha, pool), held = Association.Premultiply(noise, alpha, pool);
        AssociatedLimit.For(format)!.Apply(held, alpha.Samples);
        int over = 0;
        for (int y = 0; y < 61; y++)
            for (int x = 0; x < 97; x++)
            {
                ushort a = alpha.Row(y)[x];
                if (a is 0 or 65535)
                    continue;
                double most = a / 65535.0 * format.MaxCode;
                Assert.InRange(Highest(held, x, y), double.NegativeInfinity, most + Allowed);
                if (Highest(plain, x, y) <= most + 1)
                    for (int plane = 0; plane < 3; plane++)
                        Assert.Equal(Drawn.Get(plain, plane, x, y), Drawn.Get(held, plane, x, y));
                else
                    over++;
            }

        Assert.InRange(over, 500, 97 * 61);
    }

    [Fact]
    public void Apply_FullAndNone_StayAsTheyAre()
    {
        using CheckingFramePool pool = new();
        FrameFormat format = new(33, 17, PlaneLayout.Yuv444, 8, ColourDescription.Bt709Limited);
        using VideoFrame noise = Drawn.Noise(pool, format, 5);
        foreach (int flat in new[] { 0, 65535 })
        {
            using AlphaMatte alpha = Drawn.FlatAlpha(pool, 33, 17, (ushort)flat);
            using VideoFrame plain = Association.Premultiply(noise, alpha, pool), held = Association.Premultiply(noise, alpha, pool);
            AssociatedLimit.For(format)!.Apply(held, alpha.Samples);
            Assert.True(plain.Bytes.SequenceEqual(held.Bytes));
        }
    }

    [Fact]
    public void For_Rgb_IsNone() => Assert.Null(AssociatedLimit.For(new FrameFormat(8, 8, PlaneLayout.Gbr, 8, ColourDescription.Rgb)));

    private static double Highest(VideoFrame frame, int x, int y)
    {
        FrameFormat f = frame.Format;
        bool full = f.Colour.Range == ColourRange.Full;
        double step = 1 << (f.Depth - 8), max = f.MaxCode;
        double luma = (Drawn.Get(frame, 0, x, y) - f.BlackCode) * (full ? 1 : max / (219 * step));
        double cb = (Drawn.Get(frame, 1, x, y) - f.NeutralCode) * (full ? 1 : max / (224 * step)), cr = (Drawn.Get(frame, 2, x, y) - f.NeutralCode) * (full ? 1 : max / (224 * step));
        LumaCoefficients k = LumaCoefficients.For(f.Colour.Matrix);
        double r = luma + (2 * (1 - k.Kr) * cr), b = luma + (2 * (1 - k.Kb) * cb), g = (luma - (k.Kr * r) - (k.Kb * b)) / k.Kg;
        return Math.Max(r, Math.Max(g, b));
    }
}
