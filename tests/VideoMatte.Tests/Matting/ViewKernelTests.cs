using VideoMatte.Frames;
using VideoMatte.Matting;
using Xunit;

namespace VideoMatte.Tests.Matting;

/// <summary>The vector twins give the scalar twins' bits at every length, extreme samples included.</summary>
public sealed class ViewKernelTests
{
    private const int Longest = 520;

    private static readonly ColourTransform Transform8 = new(new FrameFormat(64, 64, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited));
    private static readonly ColourTransform Transform16 = new(new FrameFormat(64, 64, PlaneLayout.Yuv444, 16, ColourDescription.Bt709Limited));

    [Fact]
    public void Scale_AnyLength_TwinsAreEqual() => EachLength((count, random) =>
    {
        float[] expected = new float[count], found = new float[count];
        byte[] bytes = Samples.Bytes(random, count);
        ViewKernel.ScaleScalar<byte>(bytes, 16, 1 / 219f, expected);
        ViewKernel.ScaleVector<byte>(bytes, 16, 1 / 219f, found);
        Assert.Equal(expected, found);
        ushort[] words = Samples.Words(random, count);
        ViewKernel.ScaleScalar<ushort>(words, 0, 1 / 65535f, expected);
        ViewKernel.ScaleVector<ushort>(words, 0, 1 / 65535f, found);
        Assert.Equal(expected, found);
    });

    [Fact]
    public void Blend_AnyLength_TwinsAreEqual() => EachLength((count, random) =>
    {
        float[] expected = new float[count], found = new float[count];
        byte[] near = Samples.Bytes(random, count), far = Samples.Bytes(random, count);
        ViewKernel.BlendScalar<byte>(near, far, .75f, 128, expected);
        ViewKernel.BlendVector<byte>(near, far, .75f, 128, found);
        Assert.Equal(expected, found);
        ushort[] nearWords = Samples.Words(random, count), farWords = Samples.Words(random, count);
        ViewKernel.BlendScalar<ushort>(nearWords, farWords, .5f, 32768, expected);
        ViewKernel.BlendVector<ushort>(nearWords, farWords, .5f, 32768, found);
        Assert.Equal(expected, found);
    });

    [Fact]
    public void Spread_AnyLength_TwinsAreEqual() => EachLength((count, random) =>
    {
        float[] half = Samples.Floats(random, (count + 1) / 2), expected = new float[count], found = new float[count];
        ViewKernel.SpreadLeftScalar(half, expected);
        ViewKernel.SpreadLeftVector(half, found);
        Assert.Equal(expected, found);
        ViewKernel.SpreadCentreScalar(half, expected);
        ViewKernel.SpreadCentreVector(half, found);
        Assert.Equal(expected, found);
    });

    [Fact]
    public void ToRgb_AnyLength_TwinsAreEqual() => EachLength((count, random) =>
    {
        float[] cb = Samples.Floats(random, count, 128), cr = Samples.Floats(random, count, 128);
        float[][] expected = [new float[count], new float[count], new float[count]];
        float[][] found = [new float[count], new float[count], new float[count]];
        byte[] bytes = Samples.Bytes(random, count);
        ViewKernel.ToRgbScalar<byte>(bytes, cb, cr, new(Transform8), expected[0], expected[1], expected[2]);
        ViewKernel.ToRgbVector<byte>(bytes, cb, cr, new(Transform8), found[0], found[1], found[2]);
        Assert.Equal(expected, found);
        ushort[] words = Samples.Words(random, count);
        ViewKernel.ToRgbScalar<ushort>(words, cb, cr, new(Transform16), expected[0], expected[1], expected[2]);
        ViewKernel.ToRgbVector<ushort>(words, cb, cr, new(Transform16), found[0], found[1], found[2]);
        Assert.Equal(expected, found);
    });

    [Fact]
    public void Operations_OfUnequalLengths_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => ViewKernel.Scale<byte>(new byte[3], 0, 255, new float[4]));
        Assert.Throws<ArgumentException>(() => ViewKernel.Blend<byte>(new byte[4], new byte[3], 1, 0, new float[4]));
        Assert.Throws<ArgumentException>(() => ViewKernel.SpreadLeft(new float[3], new float[4]));
        Assert.Throws<NotSupportedException>(() => ViewKernel.Scale<int>(new int[4], 0, 255, new float[4]));
    }

    private static void EachLength(Action<int, Random> check)
    {
        Random random = new(11);
        for (int count = 0; count <= Longest; count++)
            check(count, random);
    }
}
