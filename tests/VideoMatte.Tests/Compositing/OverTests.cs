using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Compositing;

public sealed class OverTests
{
    [Fact]
    public void Blend_EveryLength_TwinsAgree()
    {
        Random random = new(1);
        for (int length = 0; length <= 520; length++)
        {
            ushort[] alpha = Extremes(random, length, 65535), f16 = Extremes(random, length, 65535), b16 = Extremes(random, length, 65535);
            byte[] f8 = [.. Extremes(random, length, 255).Select(v => (byte)v)];
            byte[] b8 = [.. Extremes(random, length, 255).Select(v => (byte)v)];
            byte[] scalar8 = new byte[length], vector8 = new byte[length];
            ushort[] scalar16 = new ushort[length], vector16 = new ushort[length];
            Over.BlendScalar(alpha, f8, b8, scalar8);
            Over.BlendVector(alpha, f8, b8, vector8);
            Over.BlendScalar(alpha, f16, b16, scalar16);
            Over.BlendVector(alpha, f16, b16, vector16);
            Assert.Equal(scalar8, vector8);
            Assert.Equal(scalar16, vector16);
        }
    }

    [Fact]
    public void Blend_AgainstDoublePrecision_IsTheNearestCode()
    {
        Random random = new(2);
        ushort[] alpha = Extremes(random, 200_000, 65535), f = Extremes(random, 200_000, 65535), b = Extremes(random, 200_000, 65535);
        ushort[] result = new ushort[alpha.Length];
        Over.Blend(alpha, f, b, result);
        for (int i = 0; i < alpha.Length; i++)
        {
            double a = alpha[i] / 65535.0;
            Assert.Equal(Math.Round((a * f[i]) + ((1 - a) * b[i])), result[i]);
        }
    }

    /// <summary>All 65,536 alphas on the pairs where rounding is hardest; nothing here is sampled.</summary>
    [Fact]
    public void Blend_EveryAlphaOfExtremePairs_IsTheNearestCode()
    {
        ushort[] alpha = [.. Enumerable.Range(0, 65536).Select(a => (ushort)a)];
        ushort[] f = new ushort[65536], b = new ushort[65536], result = new ushort[65536];
        (ushort, ushort)[] pairs = [(65535, 0), (0, 65535), (65535, 65534), (1, 0), (255, 0), (1023, 64), (65535, 65535)];
        foreach ((ushort front, ushort back) in pairs)
        {
            Array.Fill(f, front);
            Array.Fill(b, back);
            Over.Blend(alpha, f, b, result);
            for (long a = 0; a < 65536; a++)
                Assert.Equal(((2 * ((a * front) + ((65535 - a) * back))) + 65535) / (2 * 65535), result[a]);
        }
    }

    /// <summary>Figures by numpy: np.rint(a/65535*F + (1-a/65535)*B).</summary>
    [Fact]
    public void Blend_KnownFigures_AreNumpys()
    {
        byte[] result = new byte[6];
        Over.Blend([0, 1, 257, 32768, 40000, 65535], [200, 255, 255, 235, 17, 99], [16, 0, 0, 16, 240, 3], result);
        Assert.Equal([16, 0, 1, 126, 104, 99], result);
        ushort[] deep = new ushort[4];
        Over.Blend([100, 12345, 54321, 65534], [1023, 940, 65535, 65535], [64, 64, 0, 0], deep);
        Assert.Equal([65, 229, 54321, 65534], deep);
    }

    [Fact]
    public void Blend_LengthsDiffer_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Over.Blend(new ushort[3], new byte[3], new byte[2], new byte[3]));

    [Theory]
    [MemberData(nameof(Drawn.Formats), MemberType = typeof(Drawn))]
    public void Composite_AlphaFullOrNone_IsForegroundOrBackgroundBitForBit(FrameFormat format)
    {
        using CheckingFramePool pool = new();
        foreach (ushort value in new ushort[] { 0, 65535 })
        {
            using VideoFrame foreground = Drawn.Noise(pool, format, 1), background = Drawn.Noise(pool, format, 2);
            using AlphaMatte alpha = Drawn.FlatAlpha(pool, format.Width, format.Height, value);
            using VideoFrame result = PlaneBlend.Composite(foreground, alpha, background, pool);
            Assert.True(result.Bytes.SequenceEqual(value == 0 ? background.Bytes : foreground.Bytes));
            Assert.Equal(foreground.Time, result.Time);
        }
    }

    [Theory]
    [MemberData(nameof(Drawn.Formats), MemberType = typeof(Drawn))]
    public void Composite_AnyFormat_IsTheReferenceOnEveryPlane(FrameFormat format)
    {
        using CheckingFramePool pool = new();
        using VideoFrame foreground = Drawn.Noise(pool, format, 3), background = Drawn.Noise(pool, format, 4);
        using AlphaMatte alpha = Drawn.NoiseAlpha(pool, format.Width, format.Height, 5);
        using VideoFrame result = PlaneBlend.Composite(foreground, alpha, background, pool);
        for (int plane = 0; plane < format.PlaneCount; plane++)
        {
            for (int y = 0; y < format.PlaneHeight(plane); y++)
            {
                for (int x = 0; x < format.PlaneWidth(plane); x++)
                {
                    double a = Math.Floor(ChromaAlphaTests.Reference(alpha, format, plane, x, y) + 0.5) / 65535;
                    double wanted = (a * Drawn.Get(foreground, plane, x, y)) + ((1 - a) * Drawn.Get(background, plane, x, y));
                    Assert.Equal(Math.Round(wanted), Drawn.Get(result, plane, x, y));
                }
            }
        }
    }

    private static ushort[] Extremes(Random random, int length, int max)
    {
        ushort[] values = new ushort[length];
        foreach (ref ushort value in values.AsSpan())
            value = (ushort)(random.Next(4) switch { 0 => 0, 1 => max, _ => random.Next(max + 1) });
        return values;
    }
}
