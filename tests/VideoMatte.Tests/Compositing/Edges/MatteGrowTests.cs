using VideoMatte.Compositing.Edges;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Compositing.Edges;

public sealed class MatteGrowTests : IDisposable
{
    /// <summary>Pixels: what is promised of the 50 % line.</summary>
    private const double EdgeTolerance = 0.1;

    /// <summary>A ramp's width in the mean of all directions, pixels: interpolation softens a hard edge, a soft one hardly.</summary>
    private const double HardEdgeSoftening = 0.6, SoftEdgeSoftening = 0.3;

    /// <summary>Codes: the reference calculates in double.</summary>
    private const int RoundingTolerance = 1;

    private readonly CheckingFramePool _pool = new();

    public void Dispose() => _pool.Dispose();

    [Theory]
    [InlineData(-1.5, 1)]
    [InlineData(1.5, 1)]
    [InlineData(-1.5, 3)]
    [InlineData(1.5, 3)]
    [InlineData(-1.5, 8)]
    [InlineData(1.5, 8)]
    [InlineData(-0.3, 1)]
    [InlineData(0.5, 1)]
    [InlineData(-2.25, 1)]
    [InlineData(8, 1)]
    [InlineData(-8, 4)]
    [InlineData(20.4, 2)]
    public void Apply_ADisc_MovesIts50PercentLineAndKeepsTheRamp(double distance, double ramp)
    {
        const int Size = 150;
        const double CentreX = 74.3, CentreY = 75.6, Radius = 40.37;
        using AlphaMatte disc = AnalyticDisc.Draw(_pool, Size, CentreX, CentreY, Radius, ramp);
        using AlphaMatte grown = Grow(disc, distance);
        double moved = AnalyticDisc.RadiusAt(grown, CentreX, CentreY, 0.5) - AnalyticDisc.RadiusAt(disc, CentreX, CentreY, 0.5);
        Assert.Equal(distance, moved, EdgeTolerance);
        // By the covered area as well, which no interpolation of the measurement can flatter.
        Assert.Equal(distance, AreaRadius(grown) - AreaRadius(disc), EdgeTolerance);
        double before = AnalyticDisc.RadiusAt(disc, CentreX, CentreY, 0.1) - AnalyticDisc.RadiusAt(disc, CentreX, CentreY, 0.9);
        double after = AnalyticDisc.RadiusAt(grown, CentreX, CentreY, 0.1) - AnalyticDisc.RadiusAt(grown, CentreX, CentreY, 0.9);
        Assert.InRange(after, before - 0.05, before + (ramp < 2 ? HardEdgeSoftening : SoftEdgeSoftening));
    }

    /// <summary>Every sample of noisy mattes of odd sizes against the definition, written without cells, tables and vectors.</summary>
    [Theory]
    [InlineData(1.5, 37, 29)]
    [InlineData(-0.7, 75, 41)]
    [InlineData(4.25, 50, 33)]
    [InlineData(-3, 17, 70)]
    [InlineData(2, 1, 1)]
    [InlineData(32, 40, 3)]
    public void Apply_Noise_IsTheDefinition(double distance, int width, int height)
    {
        using AlphaMatte matte = Drawn.NoiseAlpha(_pool, width, height, width);
        using AlphaMatte grown = Grow(matte, distance);
        double r = Math.Abs(distance);
        int quarter = (int)Math.Ceiling(4 * Math.Sqrt(r)), reach = (int)r;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double best = 0;
                for (int dy = -reach; dy <= reach; dy++)
                    for (int dx = -reach; dx <= reach; dx++)
                        if ((dx * dx) + (dy * dy) <= r * r)
                            best = Math.Max(best, At(matte, x + dx, y + dy, distance < 0));
                for (int k = 0; k < 4 * quarter; k++)
                {
                    double angle = k * Math.PI / (2 * quarter);
                    best = Math.Max(best, Between(matte, x + (r * Math.Cos(angle)), y + (r * Math.Sin(angle)), distance < 0));
                }

                double wanted = distance < 0 ? 65535 - best : best;
                Assert.InRange(grown.Row(y)[x] - wanted, -RoundingTolerance, RoundingTolerance);
            }
        }
    }

    [Fact]
    public void Apply_ThinStrands_GoOrGetWiderAndKeepTheirFaintness()
    {
        using AlphaMatte strand = Drawn.FlatAlpha(_pool, 64, 40, 0);
        for (int y = 0; y < 40; y++)
            strand.Row(y)[30] = 40000;
        using AlphaMatte thinner = Grow(strand, -1.5);
        Assert.Equal(-1, thinner.Samples.IndexOfAnyExcept((ushort)0));
        using AlphaMatte wider = Grow(strand, 2);
        Assert.Equal([0, 40000, 40000, 40000, 40000, 40000, 0], wider.Row(20)[27..34].ToArray());
    }

    [Fact]
    public void Apply_AHole_ClosesWhenGrownAndWidensWhenShrunk()
    {
        using AlphaMatte holed = Drawn.FlatAlpha(_pool, 64, 64, 65535);
        for (int y = 30; y < 33; y++)
            holed.Row(y)[30..33].Clear();
        using AlphaMatte closed = Grow(holed, 2);
        Assert.Equal(-1, closed.Samples.IndexOfAnyExcept((ushort)65535));
        using AlphaMatte wider = Grow(holed, -1);
        Assert.Equal([65535, 0, 0, 0, 0, 0, 65535], wider.Row(31)[28..35].ToArray());
    }

    /// <summary>A subject cut by the frame's edge does not shrink away from it, and what is far from any edge keeps its bits.</summary>
    [Fact]
    public void Apply_AtTheFramesBorderAndFarFromEdges_ChangesNothing()
    {
        using AlphaMatte half = Drawn.FlatAlpha(_pool, 200, 60, 12345);
        for (int y = 0; y < 60; y++)
            half.Row(y)[..100].Fill(65535);
        using AlphaMatte shrunk = Grow(half, -4);
        for (int y = 0; y < 60; y++)
        {
            Assert.Equal(-1, shrunk.Row(y)[..96].IndexOfAnyExcept((ushort)65535));
            Assert.Equal(-1, shrunk.Row(y)[96..].IndexOfAnyExcept((ushort)12345));
        }
    }

    private AlphaMatte Grow(AlphaMatte matte, double distance)
    {
        AlphaMatte result = AlphaMatte.Rent(_pool, matte.Width, matte.Height);
        new MatteGrow(distance).Apply(matte, result);
        return result;
    }

    private static double AreaRadius(AlphaMatte matte)
    {
        double sum = 0;
        foreach (ushort a in matte.Samples)
            sum += a / 65535.0;
        return Math.Sqrt(sum / Math.PI);
    }

    private static double At(AlphaMatte matte, int x, int y, bool inverted)
    {
        ushort a = matte.Row(Math.Clamp(y, 0, matte.Height - 1))[Math.Clamp(x, 0, matte.Width - 1)];
        return inverted ? 65535 - a : a;
    }

    private static double Between(AlphaMatte matte, double x, double y, bool inverted)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        double across = x - left, down = y - top;
        double upper = ((1 - across) * At(matte, left, top, inverted)) + (across * At(matte, left + 1, top, inverted));
        double lower = ((1 - across) * At(matte, left, top + 1, inverted)) + (across * At(matte, left + 1, top + 1, inverted));
        return ((1 - down) * upper) + (down * lower);
    }
}
