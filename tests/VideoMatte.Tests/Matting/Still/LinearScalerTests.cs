using VideoMatte.Matting.Still;
using Xunit;

namespace VideoMatte.Tests.Matting.Still;

public sealed class LinearScalerTests
{
    /// <summary>Sums of a few hundred values of 0..1 in single precision.</summary>
    private const double FloatTolerance = 2e-6;

    [Theory]
    [InlineData(64, 48, 8, 6)]
    [InlineData(75, 41, 10, 57)]
    [InlineData(33, 17, 33, 17)]
    [InlineData(1, 1, 5, 4)]
    [InlineData(5, 3, 12, 9)]
    [InlineData(100, 1, 3, 1)]
    public void Scale_AnySize_IsTheTriangleKernelSum(int sourceWidth, int sourceHeight, int width, int height)
    {
        Random random = new(sourceWidth);
        float[] source = [.. Enumerable.Range(0, sourceWidth * sourceHeight).Select(_ => random.NextSingle())];
        float[] result = new float[width * height];
        new LinearScaler(sourceWidth, sourceHeight, width, height).Scale(source, result);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                double sum = 0, weights = 0;
                for (int row = 0; row < sourceHeight; row++)
                    for (int column = 0; column < sourceWidth; column++)
                    {
                        double weight = Weight(x, width, column, sourceWidth) * Weight(y, height, row, sourceHeight);
                        sum += weight * source[(row * sourceWidth) + column];
                        weights += weight;
                    }

                Assert.Equal(sum / weights, result[(y * width) + x], FloatTolerance);
            }
    }

    [Fact]
    public void Scale_APlaneOfAnotherSize_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new LinearScaler(4, 4, 2, 2).Scale(new float[15], new float[4]));

    private static double Weight(int to, int count, int from, int sourceCount)
    {
        double step = (double)sourceCount / count;
        return Math.Max(0, 1 - (Math.Abs(from - (((to + .5) * step) - .5)) / Math.Max(1, step)));
    }
}
