using VideoMatte.Compositing.Edges;
using Xunit;

namespace VideoMatte.Tests.Compositing.Edges;

/// <summary>The twins of the edge tools agree bit for bit, at every length.</summary>
public sealed class EdgeKernelTests
{
    private const int LongestLength = 520;

    [Fact]
    public void FloatRows_EveryLength_TwinsAgree()
    {
        Random random = new(11);
        for (int length = 0; length <= LongestLength; length++)
        {
            float[] a = Floats(random, length + 1), b = Floats(random, length + 1), scalar = Floats(random, length), vector = [.. scalar];
            ushort[] codes = Codes(random, length), other = new ushort[length];
            float across = random.NextSingle(), down = random.NextSingle();
            foreach (bool inverted in new[] { false, true })
            {
                float[] one = new float[length], two = new float[length];
                FloatRows.FromCodesScalar(codes, one, inverted);
                FloatRows.FromCodesVector(codes, two, inverted);
                Assert.Equal(one, two);
                ushort[] back = new ushort[length];
                FloatRows.ToCodesScalar(one, back, inverted);
                Assert.Equal(codes, back);
                FloatRows.ToCodesScalar(a.AsSpan(0, length), back, inverted);
                FloatRows.ToCodesVector(a.AsSpan(0, length), other, inverted);
                Assert.Equal(back, other);
            }

            FloatRows.MaxScalar(a.AsSpan(0, length), scalar, scalar);
            FloatRows.MaxVector(a.AsSpan(0, length), vector, vector);
            Assert.Equal(scalar, vector);
            FloatRows.RaiseBetweenScalar(scalar, a, b, across, down);
            FloatRows.RaiseBetweenVector(vector, a, b, across, down);
            Assert.Equal(scalar, vector);
            FloatRows.AddPairScalar(scalar, a, b, across);
            FloatRows.AddPairVector(vector, a, b, across);
            Assert.Equal(scalar, vector);
            FloatRows.BeginScalar(scalar, a, down);
            FloatRows.BeginVector(vector, a, down);
            Assert.Equal(scalar, vector);
        }
    }

    [Fact]
    public void MaskBlend_EveryLength_TwinsAgreeAndRoundOnce()
    {
        Random random = new(12);
        for (int length = 0; length <= LongestLength; length++)
        {
            ushort[] alpha = Codes(random, length), mask = Codes(random, length);
            Check(alpha, mask, MaskBlend.IncludeScalar, MaskBlend.IncludeVector, (a, m) => Math.Max(a, m));
            Check(alpha, mask, MaskBlend.ExcludeScalar, MaskBlend.ExcludeVector, (a, m) => Math.Min(a, 65535 - m));
            Check(alpha, mask, MaskBlend.MultiplyScalar, MaskBlend.MultiplyVector, (a, m) => (int)Math.Round((decimal)a * m / 65535));
        }
    }

    private static void Check(ushort[] alpha, ushort[] mask, Blend scalar, Blend vector, Func<int, int, int> wanted)
    {
        ushort[] one = [.. alpha], two = [.. alpha];
        scalar(one, mask);
        vector(two, mask);
        Assert.Equal(one, two);
        Assert.Equal(alpha.Zip(mask, (a, m) => (ushort)wanted(a, m)), one);
    }

    private static float[] Floats(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => random.Next(4) switch { 0 => 0f, 1 => 65535f, 2 => -3f, _ => random.NextSingle() * 65540 })];

    private static ushort[] Codes(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => (ushort)(random.Next(4) switch { 0 => 0, 1 => 65535, _ => random.Next(65536) }))];

    private delegate void Blend(Span<ushort> alpha, ReadOnlySpan<ushort> mask);
}
