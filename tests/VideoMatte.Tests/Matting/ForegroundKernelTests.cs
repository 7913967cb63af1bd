using VideoMatte.Matting;
using Xunit;

namespace VideoMatte.Tests.Matting;

/// <summary>The vector twins give the scalar twins' bits at every length.</summary>
public sealed class ForegroundKernelTests
{
    private const int Longest = 520;

    private static readonly ForegroundKernel.Quantiser Luma8 = new(new RgbWeights(46.5f, 156.6f, 15.8f), 16, 16, 235);
    private static readonly ForegroundKernel.Quantiser Luma16 = new(new RgbWeights(13933f, 46871f, 4731f), 0, 0, 65535);

    [Fact]
    public void Codes_AnyLength_TwinsAreEqual() => EachLength((count, random) =>
    {
        float[] r = Samples.Wild(random, count), g = Samples.Wild(random, count), b = Samples.Wild(random, count);
        ushort[] alpha = Samples.Alpha(random, count);
        byte[] bytes = Samples.Bytes(random, count), expected = new byte[count], found = new byte[count];
        ForegroundKernel.CodesScalar<byte>(r, g, b, Luma8, alpha, bytes, expected);
        ForegroundKernel.CodesVector<byte>(r, g, b, Luma8, alpha, bytes, found);
        Assert.Equal(expected, found);
        ushort[] words = Samples.Words(random, count), expected16 = new ushort[count], found16 = new ushort[count];
        ForegroundKernel.CodesScalar<ushort>(r, g, b, Luma16, alpha, words, expected16);
        ForegroundKernel.CodesVector<ushort>(r, g, b, Luma16, alpha, words, found16);
        Assert.Equal(expected16, found16);
    });

    [Fact]
    public void Weigh_AnyLength_TwinsAreEqual() => EachLength((count, random) =>
    {
        float[] r = Samples.Floats(random, count), g = Samples.Floats(random, count), b = Samples.Floats(random, count);
        float[] expected = Samples.Floats(random, count), found = [.. expected];
        foreach (bool add in new[] { true, false })
        {
            ForegroundKernel.WeighScalar(r, g, b, Luma8.Weights, add, expected);
            ForegroundKernel.WeighVector(r, g, b, Luma8.Weights, add, found);
            Assert.Equal(expected, found);
        }
    });

    [Fact]
    public void MarkUnsure_AnyLength_TwinsAreEqual() => EachLength((count, random) =>
    {
        ushort[] alpha = Samples.Alpha(random, count);
        float[] expected = new float[count], found = new float[count];
        foreach (bool add in new[] { false, true })
        {
            ForegroundKernel.MarkUnsureScalar(alpha, .5f, add, expected);
            ForegroundKernel.MarkUnsureVector(alpha, .5f, add, found);
            Assert.Equal(expected, found);
        }
    });

    [Fact]
    public void Gather_AnyLength_TwinsAreEqual() => EachLength((count, random) =>
    {
        float[] full = Samples.Floats(random, count);
        float[] expected = new float[(count + 1) / 2], found = new float[(count + 1) / 2];
        ForegroundKernel.GatherLeftScalar(full, expected);
        ForegroundKernel.GatherLeftVector(full, found);
        Assert.Equal(expected, found);
        ForegroundKernel.GatherCentreScalar(full, expected);
        ForegroundKernel.GatherCentreVector(full, found);
        Assert.Equal(expected, found);
    });

    [Fact]
    public void ChromaCodes_AnyLength_TwinsAreEqual() => EachLength((count, random) =>
    {
        float[] values = Samples.Floats(random, count, 200), unsure = new float[count];
        for (int i = 0; i < count; i++)
            unsure[i] = random.Next(3) * .125f;
        ForegroundKernel.Quantiser quantiser = new(default, 128, 16, 240);
        byte[] bytes = Samples.Bytes(random, count), expected = new byte[count], found = new byte[count];
        ForegroundKernel.ChromaCodesScalar<byte>(values, unsure, quantiser, bytes, expected);
        ForegroundKernel.ChromaCodesVector<byte>(values, unsure, quantiser, bytes, found);
        Assert.Equal(expected, found);
        ushort[] words = Samples.Words(random, count), expected16 = new ushort[count], found16 = new ushort[count];
        ForegroundKernel.ChromaCodesScalar<ushort>(values, unsure, quantiser, words, expected16);
        ForegroundKernel.ChromaCodesVector<ushort>(values, unsure, quantiser, words, found16);
        Assert.Equal(expected16, found16);
    });

    [Fact]
    public void Operations_OfUnequalLengths_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => ForegroundKernel.Weigh(new float[3], new float[4], new float[4], default, false, new float[4]));
        Assert.Throws<ArgumentException>(() => ForegroundKernel.MarkUnsure(new ushort[3], 1, false, new float[4]));
        Assert.Throws<ArgumentException>(() => ForegroundKernel.GatherLeft(new float[4], new float[3]));
    }

    private static void EachLength(Action<int, Random> check)
    {
        Random random = new(12);
        for (int count = 0; count <= Longest; count++)
            check(count, random);
    }
}
