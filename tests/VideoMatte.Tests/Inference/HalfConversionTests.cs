using VideoMatte.Inference;
using VideoMatte.Tests.Matting;
using Xunit;

namespace VideoMatte.Tests.Inference;

public sealed class HalfConversionTests
{
    [Fact]
    public void Conversions_AnyLength_TwinsAreEqual()
    {
        Random random = new(14);
        for (int count = 0; count <= 520; count++)
        {
            float[] values = Samples.Wild(random, count);
            Half[] expected = new Half[count], found = new Half[count];
            HalfConversion.FromUnitScalar(values, expected);
            HalfConversion.FromUnitVector(values, found);
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void FromUnit_EveryHalfAndItsNeighbours_RoundsAsTheRuntimeDoes()
    {
        // 0 to 1 in halves, each with the float before it, the middle to the next half, and the floats around that middle.
        List<float> values = [];
        for (ushort bits = 0; bits < 0x3C00; bits++)
        {
            float here = (float)BitConverter.UInt16BitsToHalf(bits), next = (float)BitConverter.UInt16BitsToHalf((ushort)(bits + 1));
            float middle = (here + next) / 2;
            values.AddRange([here, MathF.BitIncrement(here), MathF.BitDecrement(middle), middle, MathF.BitIncrement(middle)]);
        }

        Half[] found = new Half[values.Count];
        HalfConversion.FromUnit(values.ToArray(), found);
        Assert.Equal(values.Select(v => (Half)v), found);
    }

    [Fact]
    public void ToSingle_EveryHalf_IsExact()
    {
        Half[] halves = [.. Enumerable.Range(0, 65536).Select(i => BitConverter.UInt16BitsToHalf((ushort)i))];
        float[] found = new float[halves.Length];
        HalfConversion.ToSingle(halves, found);
        for (int i = 0; i < halves.Length; i++)
            Assert.True(((float)halves[i]).Equals(found[i]), FormattableString.Invariant($"half {i:X4} became {found[i]}"));
    }

    [Fact]
    public void Conversions_OfUnequalLengths_AreRefused() =>
        Assert.Throws<ArgumentException>(() => HalfConversion.FromUnit(new float[3], new Half[4]));
}
