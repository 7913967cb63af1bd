using VideoMatte.Temporal.Flow;
using Xunit;

namespace VideoMatte.Tests.Temporal.Flow;

public sealed class CheckerboardTests
{
    /// <summary>Every pixel's four neighbours lie where the layout says.</summary>
    [Theory]
    [InlineData(8, 8)]
    [InlineData(9, 6)]
    [InlineData(17, 3)]
    public void Split_AnySize_NeighboursLieWhereSaid(int width, int height)
    {
        Checkerboard board = new(width, height);
        float[] memory = board.Allocate(1);
        for (int y = 0; y < height; y++)
            board.Split([.. Enumerable.Range(0, width).Select(x => Mark(x, y))], memory, 1, 0, y);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int colour = (x + y) & 1, at = Checkerboard.Room + (x / 2), right = at + Checkerboard.Odd(colour, y);
                Assert.Equal(Mark(x, y), board.Row(memory, 1, colour, y)[at]);
                Assert.Equal(x + 1 < width ? Mark(x + 1, y) : 0, board.Row(memory, 1, 1 - colour, y)[right]);
                Assert.Equal(x > 0 ? Mark(x - 1, y) : 0, board.Row(memory, 1, 1 - colour, y)[right - 1]);
                Assert.Equal(y + 1 < height ? Mark(x, y + 1) : 0, board.Row(memory, 1, 1 - colour, y + 1)[at]);
                Assert.Equal(y > 0 ? Mark(x, y - 1) : 0, board.Row(memory, 1, 1 - colour, y - 1)[at]);
            }

            float[] joined = new float[width];
            board.Join(memory, 1, 0, y, joined);
            Assert.Equal(Enumerable.Range(0, width).Select(x => Mark(x, y)), joined);
        }
    }

    private static float Mark(int x, int y) => 1 + x + (1000 * y);
}
