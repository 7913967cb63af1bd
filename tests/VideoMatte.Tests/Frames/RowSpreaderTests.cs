using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Frames;

public sealed class RowSpreaderTests
{
    [Avx2Fact]
    public void Spread_EveryLength_TwinsAgree()
    {
        Random random = new(1);
        for (int length = 1; length <= 520; length++)
        {
            // Fewer small samples than results, and more.
            int count = random.Next(2, 1000);
            float[] small = [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())], share = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle())];
            int[] first = [.. Enumerable.Range(0, length).Select(_ => random.Next(count - 1)).Order()];
            float[] scalar = new float[length], vector = new float[length];
            RowSpreader.SpreadScalar(small, first, share, scalar, 0);
            RowSpreader.SpreadVector(small, first, share, vector);
            Assert.Equal(scalar, vector);
        }
    }

    /// <summary>A power-of-two step leaves out the odd column over: small column i lies at 2 i + .5 of the full row, to its very end.</summary>
    [Fact]
    public void Select_AStepOfItsOwn_PlacesByIt()
    {
        RowSpreader spreader = new(3, 7, .5);
        spreader.Select([1, 2, 3], [10, 20, 30], 0, 0);
        Assert.Equal([1, 1.25f, 1.75f, 2.25f, 2.75f, 3, 3], spreader.Near1.ToArray());
        Assert.Equal([10, 12.5f, 17.5f, 22.5f, 27.5f, 30, 30], spreader.Far2.ToArray());
    }

    [Fact]
    public void Select_TheSameRowsAgain_KeepsThemUntilForgotten()
    {
        RowSpreader spreader = new(2, 2);
        float[] plane = [1, 2, 3, 4];
        spreader.Select(plane, plane, 0, 1);
        plane[0] = 9;
        spreader.Select(plane, plane, 0, 1);
        Assert.Equal([1, 2], spreader.Near1.ToArray());
        spreader.Forget();
        spreader.Select(plane, plane, 0, 1);
        Assert.Equal([9, 2], spreader.Near1.ToArray());
    }
}
