using VideoMatte.Matting;
using Xunit;

namespace VideoMatte.Tests.Matting;

public sealed class AlphaConversionTests
{
    [Fact]
    public void ToCodes_AnyLength_TwinsAreEqual()
    {
        Random random = new(13);
        for (int count = 0; count <= 520; count++)
        {
            float[] alpha = Samples.Wild(random, count);
            ushort[] expected = new ushort[count], found = new ushort[count];
            AlphaConversion.ToCodesScalar(alpha, expected);
            AlphaConversion.ToCodesVector(alpha, found);
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void ToCodes_EveryCode_ComesBack()
    {
        float[] alpha = [.. Enumerable.Range(0, 65536).Select(i => (float)(i / 65535.0))];
        ushort[] codes = new ushort[alpha.Length];
        AlphaConversion.ToCodes(alpha, codes);
        Assert.Equal(Enumerable.Range(0, 65536).Select(i => (ushort)i), codes);
    }

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(-.25f, 0)]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(1.25f, 65535)]
    [InlineData(float.PositiveInfinity, 65535)]
    [InlineData(.5f, 32768)]
    public void ToCodes_OddValues_AreClamped(float alpha, int code)
    {
        ushort[] codes = new ushort[40];
        AlphaConversion.ToCodes(Enumerable.Repeat(alpha, 40).ToArray(), codes);
        Assert.All(codes, c => Assert.Equal(code, c));
    }

    [Fact]
    public void ToCodes_OfUnequalLengths_IsRefused() =>
        Assert.Throws<ArgumentException>(() => AlphaConversion.ToCodes(new float[3], new ushort[4]));
}
