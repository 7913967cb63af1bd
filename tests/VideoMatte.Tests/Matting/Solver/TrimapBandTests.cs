using VideoMatte.Matting.Solver;
using Xunit;

namespace VideoMatte.Tests.Matting.Solver;

public sealed class TrimapBandTests
{
    /// <summary>Against the definition, pixel by pixel, also where the band is wider than the picture.</summary>
    [Theory]
    [InlineData(31, 17, 1)]
    [InlineData(31, 17, 4)]
    [InlineData(5, 3, 40)]
    [InlineData(1, 1, 2)]
    public void Write_AnyMatte_LeavesOpenWhatIsNearSomethingUnsure(int width, int height, int radius)
    {
        var random = new Random(radius);
        // Flat areas with a soft edge between them, and a speck.
        ushort[] matte = [.. Enumerable.Range(0, width * height).Select(i => (ushort)Math.Clamp(((i % width) - (width / 2)) * 16384, 0, 65535))];
        matte[random.Next(matte.Length)] = 30000;
        byte[] found = new byte[matte.Length];
        new TrimapBand(width, height, radius).Write(matte, found);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                var near = (from v in Enumerable.Range(y - radius, (2 * radius) + 1)
                            from u in Enumerable.Range(x - radius, (2 * radius) + 1)
                            where v >= 0 && v < height && u >= 0 && u < width
                            select matte[(v * width) + u]).ToArray();
                byte expected = near.All(a => a <= 3276) ? Trimap.Outside : near.All(a => a >= 62259) ? Trimap.Inside : Trimap.Open;
                Assert.Equal(expected, found[(y * width) + x]);
            }
        }
    }

    [Fact]
    public void Read_ADrawnTrimap_TakesTheOuterTwentiethsAsSure()
    {
        byte[] trimap = new byte[5];
        Trimap.Read([0, 3000, 32768, 62500, 65535], trimap);
        Assert.Equal([Trimap.Outside, Trimap.Outside, Trimap.Open, Trimap.Inside, Trimap.Inside], trimap);
    }
}
