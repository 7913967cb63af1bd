using VideoMatte.Temporal.Smoothing;
using Xunit;

namespace VideoMatte.Tests.Temporal.Smoothing;

public sealed class SoftMaskTests
{
    [Theory]
    [InlineData(17, 9, 4)]
    [InlineData(8, 8, 8)]
    [InlineData(3, 2, 5)]
    [InlineData(40, 1, 0)]
    public void Grow_IsTheGreatestOfTheSquare(int width, int height, int reach)
    {
        float[] plane = Noise(width * height), grown = [.. plane];
        new SoftMask(width, height).Grow(grown, reach);
        for (int i = 0; i < plane.Length; i++)
        {
            float greatest = 0;
            for (int y = Math.Max(0, (i / width) - reach); y <= Math.Min(height - 1, (i / width) + reach); y++)
                for (int x = Math.Max(0, (i % width) - reach); x <= Math.Min(width - 1, (i % width) + reach); x++)
                    greatest = Math.Max(greatest, plane[(y * width) + x]);
            Assert.Equal(greatest, grown[i]);
        }
    }

    [Theory]
    [InlineData(17, 9, 2)]
    [InlineData(3, 2, 1.5)]
    [InlineData(1, 30, .7)]
    public void Soften_IsTheTwoDimensionalKernelWithRepeatedBorders(int width, int height, double sigma)
    {
        float[] plane = Noise(width * height), softened = [.. plane], half = SoftMask.Gaussian(sigma);
        Assert.Equal(1, half[0] + (2 * half.Skip(1).Sum()), 1e-6f);
        new SoftMask(width, height).Soften(softened, half);
        for (int i = 0; i < plane.Length; i++)
        {
            double sum = 0;
            for (int v = -half.Length + 1; v < half.Length; v++)
                for (int u = -half.Length + 1; u < half.Length; u++)
                    sum += (double)half[Math.Abs(v)] * half[Math.Abs(u)]
                        * plane[(Math.Clamp((i / width) + v, 0, height - 1) * width) + Math.Clamp((i % width) + u, 0, width - 1)];
            // Single precision over at most 17 x 17 terms of at most 1.
            Assert.Equal(sum, softened[i], 1e-5);
        }
    }

    private static float[] Noise(int count)
    {
        Random random = new(count);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
    }
}
