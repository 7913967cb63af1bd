using VideoMatte.Frames;
using VideoMatte.Matting.Solver;
using Xunit;

namespace VideoMatte.Tests.Matting.Solver;

public sealed class TrimapScalerTests
{
    private const ushort Black = 0, Grey = 32768, White = 65535;

    /// <summary>Smaller, larger, odd ratios: a pixel is sure only where all it covers is, by another way of counting.</summary>
    [Theory]
    [InlineData(12, 9, 6, 3)]
    [InlineData(12, 9, 24, 18)]
    [InlineData(30, 20, 17, 13)]
    [InlineData(17, 13, 30, 20)]
    [InlineData(5, 5, 5, 5)]
    [InlineData(40, 1, 7, 1)]
    public void Scale_ADrawnTrimap_OpensWhatIsMixed(int fromWidth, int fromHeight, int width, int height)
    {
        Random random = new(7);
        ushort[] drawn = [.. Enumerable.Range(0, fromWidth * fromHeight).Select(i => Level(i % fromWidth, i / fromWidth, fromWidth, random))];
        ushort[] scaled = new ushort[width * height];
        new TrimapScaler(fromWidth, fromHeight, width, height).Scale(drawn, scaled);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                // A source pixel is touched where the two squares share more than a side, in exact arithmetic.
                bool Touches(int s, int at, int count, int sources) => (long)s * count < (long)(at + 1) * sources && (long)(s + 1) * count > (long)at * sources;
                ushort[] covered = [.. Enumerable.Range(0, drawn.Length)
                    .Where(s => Touches(s % fromWidth, x, width, fromWidth) && Touches(s / fromWidth, y, height, fromHeight)).Select(s => drawn[s]).Distinct()];
                Assert.Equal(covered.Length == 1 ? covered[0] : Grey, scaled[(y * width) + x]);
            }
    }

    /// <summary>What a lossy file makes of black and white is still sure, as <see cref="Trimap.Read"/> has it.</summary>
    [Fact]
    public void Scale_NearlyBlackAndWhite_AreSure()
    {
        ushort[] scaled = new ushort[2];
        new TrimapScaler(4, 1, 2, 1).Scale([500, 2000, 65000, 64000], scaled);
        Assert.Equal([Black, White], scaled);
    }

    [Fact]
    public void Scale_ATrimapOfAnotherSize_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new TrimapScaler(4, 4, 2, 2).Scale(new ushort[15], new ushort[4]));

    private static ushort Level(int x, int y, int width, Random random) =>
        random.Next(6) == 0 ? Grey : x + y < width / 2 ? Black : White;
}
