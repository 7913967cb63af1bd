using VideoMatte.Temporal.Smoothing;
using Xunit;

namespace VideoMatte.Tests.Temporal.Smoothing;

public sealed class SmallRowsTests
{
    [Theory]
    [InlineData(16, 9, 48, 27)]
    [InlineData(20, 12, 71, 25)]
    [InlineData(33, 17, 33, 17)]
    public void Read_AnyPart_IsTheBilinearPlaneAndLeavesTheRest(int smallWidth, int smallHeight, int width, int height)
    {
        Random random = new(width);
        float[] plane = [.. Enumerable.Range(0, smallWidth * smallHeight).Select(_ => random.NextSingle())];
        SmallRows rows = new(smallWidth, smallHeight, width, height);
        for (int y = 0; y < height; y++)
        {
            int from = random.Next(width), to = random.Next(from, width) + 1;
            float[] row = [.. Enumerable.Repeat(-1f, width)];
            rows.Select(y, from, to);
            rows.Read(plane, 3, row);
            for (int x = 0; x < width; x++)
                Assert.Equal(x < from || x >= to ? -1 : 3 * At(plane, smallWidth, smallHeight, (x + .5) * smallWidth / width, (y + .5) * smallHeight / height), row[x], 1e-5);
        }
    }

    /// <summary>What is left out is 0, and what is found begins and ends where it is not, but for a small column.</summary>
    [Theory]
    [InlineData(40, 10, 120, 30, 0)]
    [InlineData(40, 10, 133, 27, 8)]
    [InlineData(40, 10, 40, 10, 3)]
    public void FindRuns_CoverAllThatIsAboveZero(int smallWidth, int smallHeight, int width, int height, int gap)
    {
        Random random = new(gap);
        List<(int From, int To)> runs = [(5, 6)];
        SmallRows rows = new(smallWidth, smallHeight, width, height);
        float[] row = new float[width];
        int inside = 0, all = 0;
        for (int trial = 0; trial < 20; trial++)
        {
            float[] plane = new float[smallWidth * smallHeight];
            for (int i = random.Next(8); i > 0; i--)
                plane[random.Next(plane.Length)] = 1;
            for (int y = 0; y < height; y++)
            {
                rows.FindRuns(plane, y, gap, runs);
                rows.Select(y, 0, width);
                rows.Read(plane, 1, row);
                HashSet<int> found = [.. runs.SelectMany(r => Enumerable.Range(r.From, r.To - r.From))];
                Assert.Equal(runs.OrderBy(r => r.From), runs);
                Assert.All(Enumerable.Range(0, width).Where(x => row[x] != 0), x => Assert.Contains(x, found));
                Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.True(pair.Second.From - pair.First.To >= gap));
                Assert.Equal(found.Count, runs.Sum(r => r.To - r.From));
                (inside, all) = (inside + found.Count, all + width);
            }
        }

        Assert.InRange(inside, 1, all / 2);
    }

    private static double At(float[] plane, int width, int height, double x, double y)
    {
        (double across, double down) = (Math.Clamp(x - .5, 0, width - 1), Math.Clamp(y - .5, 0, height - 1));
        int left = Math.Min((int)across, width - 2), top = Math.Min((int)down, height - 2);
        double upper = plane[(top * width) + left] + ((across - left) * (plane[(top * width) + left + 1] - plane[(top * width) + left]));
        double lower = plane[((top + 1) * width) + left] + ((across - left) * (plane[((top + 1) * width) + left + 1] - plane[((top + 1) * width) + left]));
        return upper + ((down - top) * (lower - upper));
    }
}
