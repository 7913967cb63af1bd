using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Compositing;

public sealed class ForegroundStageTests
{
    private static readonly RgbColour Room = new(255, 0, 255);
    private static readonly RgbColour Shirt = new(40, 160, 60);

    /// <summary>A colour between subject and extension may be off by the rounding of sums; the room is hundreds of codes away.</summary>
    private const int RoundingAt8Bits = 1;

    [Theory]
    [MemberData(nameof(Drawn.Formats), MemberType = typeof(Drawn))]
    public void Apply_EstimatedForeground_NoSampleShowsTheRoom(FrameFormat format)
    {
        using CheckingFramePool pool = new();
        using ForegroundStage stage = new(pool);
        FrameFormat large = format with { Width = format.Width + 120, Height = format.Height + 110 };
        MattedFrame frame = MagentaRoom(pool, large, withForeground: true);
        using MattedFrame result = Drawn.Through(stage, frame);
        PlaneCodes shirt = PlaneCodes.Of(Shirt, large), black = PlaneCodes.Black(large);
        for (int plane = 0; plane < large.PlaneCount; plane++)
            for (int i = 0; i < large.PlaneWidth(plane) * large.PlaneHeight(plane); i++)
            {
                int code = Drawn.Get(result.Foreground!, plane, i);
                Assert.True(code == shirt[plane] || code == black[plane], "only the subject's colour and the constant");
            }
    }

    /// <summary>Without an estimate the band keeps the picture's own samples, but nothing outside takes any colour from it.</summary>
    [Theory]
    [MemberData(nameof(Drawn.Formats), MemberType = typeof(Drawn))]
    public void Apply_NoForeground_NothingOutsideShowsTheRoom(FrameFormat format)
    {
        using CheckingFramePool pool = new();
        using ForegroundStage stage = new(pool);
        FrameFormat large = format with { Width = format.Width + 120, Height = format.Height + 110 };
        using MattedFrame result = Drawn.Through(stage, MagentaRoom(pool, large, withForeground: false));
        PlaneCodes shirt = PlaneCodes.Of(Shirt, large), black = PlaneCodes.Black(large);
        int tolerance = RoundingAt8Bits << (large.Depth - 8), outside = 0;
        for (int plane = 0; plane < large.PlaneCount; plane++)
            for (int y = 0; y < large.PlaneHeight(plane); y++)
                for (int x = 0; x < large.PlaneWidth(plane); x++)
                {
                    if (ChromaAlphaTests.Reference(result.Alpha, large, plane, x, y) > 0)
                        continue;
                    outside++;
                    int code = Drawn.Get(result.Foreground!, plane, x, y);
                    Assert.True(Math.Abs(code - shirt[plane]) <= tolerance || code == black[plane], "room colour outside the matte");
                }

        Assert.True(outside > 1000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Apply_ThreeZones_ConstantBeyondReachColourWithinSourceInside(bool withForeground)
    {
        using CheckingFramePool pool = new();
        using ForegroundStage stage = new(pool);
        FrameFormat format = new(201, 151, PlaneLayout.Yuv444, 8, Drawn.Colour(PlaneLayout.Yuv444, ColourRange.Limited));
        VideoFrame picture = Drawn.Noise(pool, format, 11);
        AlphaMatte alpha = Drawn.Disc(pool, 201, 151, 100, 75, 40, 6);
        MattedFrame frame = new(picture, alpha);
        if (withForeground)
            frame.ReplaceForeground(Drawn.Flat(pool, format, 180, 100, 150));
        using MattedFrame result = Drawn.Through(stage, frame);
        int inside = 0, ring = 0, beyond = 0;
        for (int y = 0; y < 151; y++)
        {
            for (int x = 0; x < 201; x++)
            {
                int a = alpha.Row(y)[x];
                double distance = Distance(alpha, x, y);
                for (int plane = 0; plane < 3; plane++)
                {
                    int code = Drawn.Get(result.Foreground!, plane, x, y);
                    if (a == 65535)
                        Assert.Equal(Drawn.Get(picture, plane, x, y), code);
                    else if (a >= ForegroundStage.LeastAlpha)
                        Assert.Equal(withForeground ? new[] { 180, 100, 150 }[plane] : Drawn.Get(picture, plane, x, y), code);
                    else if (distance > ForegroundStage.Reach)
                        Assert.Equal(plane == 0 ? 16 : 128, code);
                }

                inside += a == 65535 ? 1 : 0;
                beyond += distance > ForegroundStage.Reach ? 1 : 0;
                if (a < ForegroundStage.LeastAlpha && distance <= ForegroundStage.Reach)
                    ring += Drawn.Get(result.Foreground!, 0, x, y) != 16 ? 1 : -100;
            }
        }

        Assert.True(inside > 1000 && beyond > 1000 && ring > 1000);
    }

    /// <summary>Two halves of different colour: the extension takes the nearer one, on both planes sizes.</summary>
    [Fact]
    public void Apply_TwoColours_ExtensionFollowsTheNearest()
    {
        using CheckingFramePool pool = new();
        using ForegroundStage stage = new(pool);
        FrameFormat format = Drawn.Yuv420(200, 120);
        VideoFrame picture = VideoFrame.Rent(pool, format, Drawn.At(0));
        PlaneCodes left = PlaneCodes.Of(new RgbColour(220, 30, 30), format), right = PlaneCodes.Of(new RgbColour(20, 40, 230), format);
        AlphaMatte alpha = AlphaMatte.Rent(pool, 200, 120);
        for (int plane = 0; plane < 3; plane++)
            for (int y = 0; y < format.PlaneHeight(plane); y++)
                for (int x = 0; x < format.PlaneWidth(plane); x++)
                    Drawn.Set(picture, plane, (y * format.PlaneWidth(plane)) + x, (x < format.PlaneWidth(plane) / 2 ? left : right)[plane]);
        for (int y = 0; y < 120; y++)
            for (int x = 0; x < 200; x++)
                alpha.Row(y)[x] = (ushort)(y >= 60 && x is > 20 and < 180 ? 65535 : 0);
        using MattedFrame result = Drawn.Through(stage, new MattedFrame(picture, alpha));
        for (int y = 46; y < 60; y++)
        {
            Assert.InRange(Drawn.Get(result.Foreground!, 2, 30, y / 2), left.Third - 6, left.Third + 6);
            Assert.InRange(Drawn.Get(result.Foreground!, 0, 60, y), left.First - 4, left.First + 4);
            Assert.InRange(Drawn.Get(result.Foreground!, 0, 140, y), right.First - 4, right.First + 4);
        }
    }

    [Fact]
    public void Apply_EmptyMatte_IsBlackEverywhere()
    {
        using CheckingFramePool pool = new();
        using ForegroundStage stage = new(pool);
        FrameFormat format = Drawn.Yuv420(63, 41, 10);
        MattedFrame frame = new(Drawn.Noise(pool, format, 3), Drawn.FlatAlpha(pool, 63, 41, 0));
        using MattedFrame result = Drawn.Through(stage, frame);
        using VideoFrame black = Drawn.Flat(pool, format, 64, 512, 512);
        Assert.True(result.Foreground!.Bytes.SequenceEqual(black.Bytes));
    }

    [Fact]
    public void Apply_FullMatte_IsTheSource()
    {
        using CheckingFramePool pool = new();
        using ForegroundStage stage = new(pool);
        FrameFormat format = Drawn.Yuv420(63, 41);
        MattedFrame frame = new(Drawn.Noise(pool, format, 3), Drawn.FlatAlpha(pool, 63, 41, 65535));
        frame.ReplaceForeground(Drawn.Flat(pool, format, 1, 2, 3));
        using MattedFrame result = Drawn.Through(stage, frame);
        Assert.True(result.Foreground!.Bytes.SequenceEqual(result.Picture.Bytes));
    }

    /// <summary>The sparse blocks of one frame must leave nothing behind for the next.</summary>
    [Fact]
    public void Apply_AfterOtherFrames_IsTheSameAsAlone()
    {
        using CheckingFramePool pool = new();
        FrameFormat format = Drawn.Yuv420(310, 190);
        using ForegroundStage used = new(pool), fresh = new(pool);
        for (int i = 0; i < 4; i++)
            Drawn.Through(used, Moving(i)).Dispose();
        using MattedFrame wanted = Drawn.Through(fresh, Moving(9)), found = Drawn.Through(used, Moving(9));
        Assert.True(found.Foreground!.Bytes.SequenceEqual(wanted.Foreground!.Bytes));

        MattedFrame Moving(int i) => new(Drawn.Noise(pool, format, i), Drawn.Disc(pool, 310, 190, 40 + (25 * i), 90, 35, 5));
    }

    [Fact]
    public void Process_ForegroundOfAnotherFormat_DisposesTheFrameAndThrows()
    {
        using CheckingFramePool pool = new();
        using ForegroundStage stage = new(pool);
        MattedFrame frame = new(Drawn.Noise(pool, Drawn.Yuv420(20, 20), 1), Drawn.FlatAlpha(pool, 20, 20, 0));
        frame.ReplaceForeground(Drawn.Noise(pool, Drawn.Rgb(20, 20), 1));
        Assert.Throws<InvalidOperationException>(() => stage.Process(frame, new Queue<MattedFrame>()));
        Assert.Equal(0, pool.OutstandingBytes);
    }

    /// <summary>A green disc with a soft edge in a magenta room: the picture is their composite, the foreground (where given) is all green,
    /// with the room where alpha is 0, as a network may leave it.</summary>
    private static MattedFrame MagentaRoom(IFramePool pool, FrameFormat format, bool withForeground)
    {
        AlphaMatte alpha = Drawn.Disc(pool, format.Width, format.Height, format.Width * 0.45, format.Height * 0.5, 38, 9);
        PlaneCodes shirt = PlaneCodes.Of(Shirt, format), room = PlaneCodes.Of(Room, format);
        using VideoFrame front = Drawn.Flat(pool, format, shirt.First, shirt.Second, shirt.Third);
        using VideoFrame back = Drawn.Flat(pool, format, room.First, room.Second, room.Third);
        MattedFrame frame = new(PlaneBlend.Composite(front, alpha, back, pool), alpha);
        if (!withForeground)
            return frame;
        VideoFrame foreground = front.Copy();
        for (int plane = 0; plane < format.PlaneCount; plane++)
            for (int y = 0; y < format.PlaneHeight(plane); y++)
                for (int x = 0; x < format.PlaneWidth(plane); x++)
                    if (ChromaAlphaTests.Reference(alpha, format, plane, x, y) == 0)
                        Drawn.Set(foreground, plane, (y * format.PlaneWidth(plane)) + x, room[plane]);
        frame.ReplaceForeground(foreground);
        return frame;
    }

    private static double Distance(AlphaMatte alpha, int x, int y)
    {
        int best = int.MaxValue;
        for (int dy = -20; dy <= 20; dy++)
            for (int dx = -20; dx <= 20; dx++)
                if (y + dy >= 0 && y + dy < alpha.Height && x + dx >= 0 && x + dx < alpha.Width
                    && alpha.Row(y + dy)[x + dx] >= ForegroundStage.LeastAlpha)
                    best = Math.Min(best, (dx * dx) + (dy * dy));
        return Math.Sqrt(best);
    }
}
