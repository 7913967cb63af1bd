using VideoMatte.Temporal.Flow;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Temporal.Flow;

/// <summary>Look-ups at the ends of vectors: the twins give the same bits, and places beyond the plane its border.</summary>
public sealed class PlaceKernelTests
{
    private const int Tries = 400;

    private readonly Random _random = new(3);

    [Avx2Fact]
    public void LookUp_AnySize_TwinsAgree()
    {
        for (int i = 0; i < Tries; i++)
        {
            (int width, int height) = (_random.Next(2, 60), _random.Next(2, 30));
            int stride = width + _random.Next(5), y = _random.Next(height);
            float[] plane = Lines.Floats(_random, stride * height, 255), u = Vectors(width, 80, i), v = Vectors(width, 40, i);
            float[] scalar = new float[width], vector = new float[width];
            PlaceKernel.LookUpScalar(plane, stride, width, height, y, u, v, scalar, 0);
            PlaceKernel.LookUpVector(plane, stride, width, height, y, u, v, vector);
            Assert.Equal(scalar, vector);
        }
    }

    /// <summary>A vector that is no number ends in the plane all the same, and does not read elsewhere.</summary>
    [Avx2Fact]
    public void LookUp_AVectorThatIsNoNumber_StaysInThePlane()
    {
        float[] plane = [.. Enumerable.Range(0, 64).Select(i => (float)i)], none = [.. Enumerable.Repeat(float.NaN, 16)], result = new float[16];
        PlaceKernel.LookUpVector(plane, 16, 16, 4, 2, none, none, result);
        Assert.All(result, r => Assert.InRange(r, 0, 63));
        ushort[] words = [.. plane.Select(p => (ushort)p)], warped = new ushort[16];
        WarpKernel.WarpVector(words, 16, 4, 2, none, none, warped);
        Assert.All(warped, w => Assert.InRange(w, 0, 63));
    }

    [Avx2Fact]
    public void Warp_AnySize_TwinsAgree()
    {
        for (int i = 0; i < Tries; i++)
        {
            (int width, int height) = (_random.Next(2, 60), _random.Next(2, 30));
            int y = _random.Next(height);
            float[] u = Vectors(width, 80, i), v = Vectors(width, 40, i);
            ushort[] words = Lines.Words(_random, width * height), scalar = new ushort[width], vector = new ushort[width];
            WarpKernel.WarpScalar(words, width, height, y, u, v, scalar, 0);
            WarpKernel.WarpVector(words, width, height, y, u, v, vector);
            Assert.Equal(scalar, vector);
            byte[] bytes = Lines.Bytes(_random, width * height), scalarBytes = new byte[width], vectorBytes = new byte[width];
            WarpKernel.WarpScalar(bytes, width, height, y, u, v, scalarBytes, 0);
            WarpKernel.WarpVector(bytes, width, height, y, u, v, vectorBytes);
            Assert.Equal(scalarBytes, vectorBytes);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(7, 1)]
    [InlineData(3, 1)]
    [InlineData(19, 4)]
    public void AnyKernel_FarOutside_GivesTheNearestCorner(int width, int height)
    {
        byte[] bytes = Lines.Bytes(_random, width * height);
        float[] plane = [.. bytes.Select(b => (float)b)], far = [.. Enumerable.Repeat(1000f, width)], near = [.. Enumerable.Repeat(-1000f, width)];
        float[] looked = new float[width];
        byte[] warped = new byte[width];
        PlaceKernel.LookUp(plane, width, width, height, height - 1, far, near, looked);
        Assert.All(looked, s => Assert.Equal(plane[width - 1], s));
        WarpKernel.Warp(bytes, width, height, 0, near, far, warped);
        Assert.All(warped, s => Assert.Equal(bytes[(height - 1) * width], s));
    }

    /// <summary>By turns vectors that have nothing to do with each other, and a smooth flow, whose places lie side by side.</summary>
    private float[] Vectors(int width, float most, int turn)
    {
        float begin = ((2 * _random.NextSingle()) - 1) * 9, slope = ((2 * _random.NextSingle()) - 1) * .04f;
        return turn % 2 == 0 ? Lines.Floats(_random, width, most) : [.. Enumerable.Range(0, width).Select(x => begin + (slope * x))];
    }
}
