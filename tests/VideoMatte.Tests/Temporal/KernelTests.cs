using VideoMatte.Frames;
using VideoMatte.Temporal;
using Xunit;

namespace VideoMatte.Tests.Temporal;

public sealed class KernelTests
{
    [Fact]
    public void AbsoluteDifference_EveryLength_TwinsAgree()
    {
        Random random = new(1);
        for (int length = 0; length <= 520; length++)
        {
            byte[] a = Bytes(random, length), b = Bytes(random, length);
            Assert.Equal(AbsoluteDifference.SumScalar(a, b), AbsoluteDifference.SumVector(a, b));
            Assert.Equal(a.Zip(b).Sum(p => (long)Math.Abs(p.First - p.Second)), AbsoluteDifference.Sum(a, b));
        }
    }

    /// <summary>Lanes of 16 bits must not overflow on the largest difference everywhere.</summary>
    [Fact]
    public void AbsoluteDifference_LargestEverywhere_IsExact()
    {
        byte[] black = new byte[300_000], white = new byte[300_000];
        Array.Fill(white, (byte)255);
        Assert.Equal(300_000L * 255, AbsoluteDifference.Sum(black, white));
    }

    [Fact]
    public void InnerProduct_EveryLength_TwinsAgree()
    {
        Random random = new(4);
        for (int length = 0; length <= 520; length++)
        {
            float[] a = [.. Enumerable.Range(0, length).Select(_ => random.Next(-128, 128))], b = [.. Enumerable.Range(0, length).Select(_ => random.Next(-128, 128))];
            // Whole numbers below 2^24: single precision is exact.
            Assert.Equal(InnerProduct.SumScalar(a, b), InnerProduct.SumVector(a, b));
            Assert.Equal(a.Zip(b).Sum(p => (double)p.First * p.Second), InnerProduct.Of(a, b));
        }
    }

    [Fact]
    public void WeightedMean_EveryLength_TwinsAgreeAndAreNearest()
    {
        Random random = new(2);
        for (int length = 0; length <= 520; length++)
        {
            ushort weight = (ushort)(length % 3 == 0 ? 65535 : random.Next(65536));
            ushort[] now = Words(random, length), before = Words(random, length);
            ushort[] scalar = [.. before], vector = [.. before];
            WeightedMean.MixScalar(now, scalar, weight);
            WeightedMean.MixVector(now, vector, weight);
            Assert.Equal(scalar, vector);
            for (int i = 0; i < length; i++)
                Assert.Equal(Math.Round(((now[i] * (65535.0 - weight)) + ((double)before[i] * weight)) / 65535), vector[i]);
        }
    }

    [Fact]
    public void AreaScaler_EveryLength_TwinsAgree()
    {
        Random random = new(3);
        for (int length = 0; length <= 520; length++)
        {
            byte[] row8 = Bytes(random, length);
            ushort[] row16 = Words(random, length);
            float[] sums = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() * 1000)];
            float[] scalar8 = [.. sums], vector8 = [.. sums], scalar16 = [.. sums], vector16 = [.. sums];
            float weight = random.NextSingle();
            AreaScaler.AddRowScalar(row8, weight, scalar8);
            AreaScaler.AddRowVector(row8, weight, vector8);
            AreaScaler.AddRowScalar(row16, weight, scalar16);
            AreaScaler.AddRowVector(row16, weight, vector16);
            Assert.Equal(scalar8, vector8);
            Assert.Equal(scalar16, vector16);
        }
    }

    private static byte[] Bytes(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => (byte)(random.Next(4) switch { 0 => 0, 1 => 255, _ => random.Next(256) }))];

    private static ushort[] Words(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => (ushort)(random.Next(4) switch { 0 => 0, 1 => 65535, _ => random.Next(65536) }))];
}
