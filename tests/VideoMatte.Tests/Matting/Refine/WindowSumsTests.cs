using VideoMatte.Matting.Refine;
using Xunit;

namespace VideoMatte.Tests.Matting.Refine;

public sealed class WindowSumsTests
{
    [Theory]
    [InlineData(13, 9, 3)]
    [InlineData(5, 7, 1)]
    [InlineData(4, 3, 8)] // a window larger than the plane
    [InlineData(1, 1, 2)]
    public void Replace_AnyPlane_GivesTheSumsOverTheWindowsPartInside(int width, int height, int radius)
    {
        var random = new Random(5);
        float[] plane = [.. Enumerable.Range(0, width * height).Select(_ => random.NextSingle())];
        float[] sums = [.. plane];
        var window = new WindowSums(width, height, radius);
        window.Replace(sums);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double expected = 0;
                int count = 0;
                for (int v = Math.Max(0, y - radius); v <= Math.Min(height - 1, y + radius); v++)
                    for (int u = Math.Max(0, x - radius); u <= Math.Min(width - 1, x + radius); u++, count++)
                        expected += plane[(v * width) + u];
                Assert.Equal(expected, sums[(y * width) + x], 1e-4);
                Assert.Equal(count, window.Count(x, y));
            }
        }
    }
}
