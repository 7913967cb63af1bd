using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Compositing;

public sealed class ContactSheetTests
{
    /// <summary>Rounding to codes on the way: planes, association, averages.</summary>
    private const int CodeTolerance = 3;

    private const int Tile = 160;
    private const int Gap = 2;

    [Theory]
    [InlineData(PlaneLayout.Yuv420, 8)]
    [InlineData(PlaneLayout.Yuv422, 10)]
    [InlineData(PlaneLayout.Gbr, 8)]
    [InlineData(PlaneLayout.Yuv444, 12)]
    public void Render_ADisc_ShowsPictureAlphaAndCutout(PlaneLayout layout, int depth)
    {
        using CheckingFramePool pool = new();
        FrameFormat format = new(640, 360, layout, depth, Drawn.Colour(layout, ColourRange.Limited));
        PlaneCodes red = PlaneCodes.Of(new RgbColour(200, 40, 30), format);
        using MattedFrame frame = new(
            Drawn.Flat(pool, format, red.First, red.Second, red.Third), Drawn.Disc(pool, 640, 360, 320, 180, 120, 8));
        using VideoFrame sheet = ContactSheet.Render([frame], Tile, pool);
        Assert.Equal((3 * (Tile + Gap)) + Gap, sheet.Format.Width);
        Assert.Equal(90 + (2 * Gap), sheet.Format.Height);
        Assert.Equal(PlaneLayout.Gbr, sheet.Format.Layout);
        Assert.Equal(ColourRange.Full, sheet.Format.Colour.Range);
        AssertColour((24, 24, 24), sheet, 0, 0);
        AssertColour((200, 40, 30), sheet, Gap + 80, Gap + 85);
        AssertColour((255, 255, 255), sheet, Gap + Tile + Gap + 80, Gap + 45);
        AssertColour((0, 0, 0), sheet, Gap + Tile + Gap + 5, Gap + 45);
        AssertColour((200, 40, 30), sheet, Gap + (2 * (Tile + Gap)) + 80, Gap + 45);
        AssertColour((204, 204, 204), sheet, Gap + (2 * (Tile + Gap)) + 1, Gap + 1);
        AssertColour((153, 153, 153), sheet, Gap + (2 * (Tile + Gap)) + 7, Gap + 1);
    }

    [Fact]
    public void Render_Anamorphic_TilesHaveTheDisplaysProportions()
    {
        using CheckingFramePool pool = new();
        FrameFormat format = Drawn.Yuv420(720, 576) with { SampleAspect = new Rational(64, 45) };
        using MattedFrame frame = new(Drawn.Noise(pool, format, 1), Drawn.FlatAlpha(pool, 720, 576, 65535));
        using VideoFrame sheet = ContactSheet.Render([frame], Tile, pool);
        Assert.Equal(90 + (2 * Gap), sheet.Format.Height);
    }

    [Fact]
    public void Render_ManyFrames_SheetIsNearFourToThree()
    {
        using CheckingFramePool pool = new();
        List<MattedFrame> frames = [.. Enumerable.Range(0, 12).Select(i => MovingDisc.Matted(pool, Drawn.Yuv420(160, 90), Drawn.At(i)))];
        using VideoFrame sheet = ContactSheet.Render(frames, Tile, pool);
        Assert.InRange((double)sheet.Format.Width / sheet.Format.Height, 0.9, 2);
        frames.ForEach(f => f.Dispose());
    }

    [Fact]
    public void Render_NoFrameOrMixedFormats_IsRefused()
    {
        using CheckingFramePool pool = new();
        Assert.Throws<ArgumentException>(() => ContactSheet.Render([], Tile, pool));
        using MattedFrame one = MovingDisc.Matted(pool, Drawn.Yuv420(20, 20), default);
        using MattedFrame other = MovingDisc.Matted(pool, Drawn.Yuv420(22, 20), default);
        Assert.Throws<ArgumentException>(() => ContactSheet.Render([one, other], Tile, pool));
    }

    private static void AssertColour((int R, int G, int B) wanted, VideoFrame sheet, int x, int y)
    {
        Assert.InRange(sheet.Plane8(2)[x, y], wanted.R - CodeTolerance, wanted.R + CodeTolerance);
        Assert.InRange(sheet.Plane8(0)[x, y], wanted.G - CodeTolerance, wanted.G + CodeTolerance);
        Assert.InRange(sheet.Plane8(1)[x, y], wanted.B - CodeTolerance, wanted.B + CodeTolerance);
    }
}
