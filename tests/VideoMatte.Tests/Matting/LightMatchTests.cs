using VideoMatte.Frames;
using VideoMatte.Matting;
using Xunit;

namespace VideoMatte.Tests.Matting;

public sealed class LightMatchTests
{
    private static readonly FrameFormat Sdr = Of(ColourTransfer.Bt709, ColourPrimaries.Bt709), Wide = Of(ColourTransfer.Bt2020Bits10, ColourPrimaries.Bt2020),
        Pq = Of(ColourTransfer.Pq, ColourPrimaries.Bt2020), Hlg = Of(ColourTransfer.Hlg, ColourPrimaries.Bt2020);

    /// <summary>ITU-R BT.2408: reference white is 58 % of PQ and 75 % of HLG.</summary>
    [Fact]
    public void Apply_SdrWhite_IsReferenceWhite()
    {
        Assert.Equal(.5807, Map(Sdr, Pq, 1, 1, 1).R, .0005);
        Assert.Equal(.75, Map(Sdr, Hlg, 1, 1, 1).R, .001);
        Assert.Equal(1, Map(Sdr, Wide, 1, 1, 1).R, .0005);
    }

    /// <summary>BT.709's red in BT.2020's primaries, by the row sums of BT.2087's matrix: light .6274, .0691, .0164.</summary>
    [Fact]
    public void Apply_SdrRed_IsNotTheWidePrimary()
    {
        (float r, float g, float b) = Map(Sdr, Wide, 1, 0, 0);
        Assert.Equal(Math.Pow(.6274, 1 / 2.4), r, .001);
        Assert.Equal(Math.Pow(.0691, 1 / 2.4), g, .001);
        Assert.Equal(Math.Pow(.0164, 1 / 2.4), b, .001);
    }

    /// <summary>Colours inside BT.709 that an SDR display can show come back.</summary>
    [Theory]
    [InlineData(ColourTransfer.Bt2020Bits10)]
    [InlineData(ColourTransfer.Hlg)]
    public void Apply_ThereAndBackBetweenWideKinds_GivesTheColourAgain(ColourTransfer transfer)
    {
        FrameFormat there = Of(transfer, ColourPrimaries.Bt2020);
        (float r, float g, float b) = Map(Sdr, there, .2f, .5f, .8f);
        (float pr, float pg, float pb) = Map(there, Pq, r, g, b);
        (float er, float eg, float eb) = Map(Sdr, Pq, .2f, .5f, .8f);
        Assert.Equal(er, pr, .001);
        Assert.Equal(eg, pg, .001);
        Assert.Equal(eb, pb, .001);
    }

    [Fact]
    public void Between_TheSameLight_IsNothing()
    {
        Assert.Null(LightMatch.Between(Sdr, Of(ColourTransfer.Srgb, ColourPrimaries.Unspecified)));
        Assert.Null(LightMatch.Between(Pq, Pq));
        Assert.NotNull(LightMatch.Between(Pq, Hlg));
        Assert.NotNull(LightMatch.Between(Wide, Sdr));
    }

    /// <summary>What is brighter than SDR's white is rolled off, not cut: the tone mapping of the network's view.</summary>
    [Fact]
    public void Apply_PqToSdr_KeepsHighlightsApart()
    {
        float white = Map(Pq, Sdr, .58f, .58f, .58f).R, bright = Map(Pq, Sdr, .70f, .70f, .70f).R;
        Assert.InRange(white, .5f, .95f);
        Assert.InRange(bright, white + .02f, 1f);
    }

    private static (float R, float G, float B) Map(FrameFormat from, FrameFormat to, float r, float g, float b)
    {
        float[] red = [r], green = [g], blue = [b];
        LightMatch match = LightMatch.Between(from, to) ?? throw new InvalidOperationException("They are of one light.");
        match.Apply(red, green, blue);
        return (red[0], green[0], blue[0]);
    }

    private static FrameFormat Of(ColourTransfer transfer, ColourPrimaries primaries) =>
        new(8, 8, PlaneLayout.Yuv420, 10, new ColourDescription(ColourMatrix.Bt2020NonConstant, ColourRange.Limited, primaries, transfer));
}
