using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Compositing;

public sealed class EstimateStageTests
{
    private static readonly RgbColour Shirt = new(60, 150, 200);
    private static readonly RgbColour Room = new(190, 120, 40);

    /// <summary>Of the picture's 8-bit rounding in a composite, divided by the least alpha looked at.</summary>
    private const int CodesAt8Bits = 4;

    /// <summary>Below this alpha rounding alone moves a solved colour by more codes than the tolerance.</summary>
    private const int LeastAlpha = 65535 / 4;

    [Theory]
    [MemberData(nameof(Drawn.Formats), MemberType = typeof(Drawn))]
    public void Apply_TwoFlatColours_FindsTheForeground(FrameFormat format)
    {
        using CheckingFramePool pool = new();
        using EstimateStage stage = new(pool);
        FrameFormat large = format with { Width = format.Width + 90, Height = format.Height + 80 };
        using MattedFrame frame = Drawn.Through(stage, Composite(pool, large, 9));
        PlaneCodes shirt = PlaneCodes.Of(Shirt, large);
        int looked = 0, tolerance = CodesAt8Bits << (large.Depth - 8);
        for (int plane = 0; plane < large.PlaneCount; plane++)
            for (int y = 0; y < large.PlaneHeight(plane); y++)
                for (int x = 0; x < large.PlaneWidth(plane); x++)
                {
                    if (ChromaAlphaTests.Reference(frame.Alpha, large, plane, x, y) < LeastAlpha)
                        continue;
                    looked++;
                    Assert.InRange(Drawn.Get(frame.Foreground!, plane, x, y), shirt[plane] - tolerance, shirt[plane] + tolerance);
                }

        Assert.True(looked > 1000);
    }

    [Theory]
    [MemberData(nameof(Drawn.Formats), MemberType = typeof(Drawn))]
    public void Apply_Noise_RepaintsTheBandAlone(FrameFormat format)
    {
        using CheckingFramePool pool = new();
        using EstimateStage stage = new(pool);
        using MattedFrame frame = Drawn.Through(
            stage, new MattedFrame(Drawn.Noise(pool, format, 5), Drawn.NoiseAlpha(pool, format.Width, format.Height, 6)));
        bool full = format.IsRgb || format.Colour.Range == ColourRange.Full;
        int unit = 1 << (format.Depth - 8), changed = 0;
        for (int plane = 0; plane < format.PlaneCount; plane++)
            for (int y = 0; y < format.PlaneHeight(plane); y++)
                for (int x = 0; x < format.PlaneWidth(plane); x++)
                {
                    double a = Math.Floor(ChromaAlphaTests.Reference(frame.Alpha, format, plane, x, y) + .5);
                    int code = Drawn.Get(frame.Foreground!, plane, x, y), own = Drawn.Get(frame.Picture, plane, x, y);
                    if (a is < ForegroundStage.LeastAlpha or AlphaMatte.Opaque)
                        Assert.Equal(own, code);
                    else if (code != own)
                    {
                        changed++;
                        Assert.InRange(code, full ? 0 : 16 * unit, full ? format.MaxCode : (plane > 0 ? 240 : 235) * unit);
                    }
                }

        Assert.True(changed > 0 || format.Width == 1);
    }

    /// <summary>Lists and pyramids of one frame must leave nothing behind for the next; large enough for more than one thread.</summary>
    [Fact]
    public void Apply_AfterOtherFrames_IsTheSameAsAlone()
    {
        using CheckingFramePool pool = new();
        FrameFormat format = Drawn.Yuv420(640, 400);
        using EstimateStage used = new(pool), fresh = new(pool);
        for (int i = 0; i < 3; i++)
            Drawn.Through(used, Moving(i)).Dispose();
        using MattedFrame wanted = Drawn.Through(fresh, Moving(7)), found = Drawn.Through(used, Moving(7));
        Assert.True(found.Foreground!.Bytes.SequenceEqual(wanted.Foreground!.Bytes));

        MattedFrame Moving(int i) => new(Drawn.Noise(pool, format, i), Drawn.Disc(pool, 640, 400, 100 + (60 * i), 200, 170, 90));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65535)]
    public void Apply_NoBand_IsTheSource(int alpha)
    {
        using CheckingFramePool pool = new();
        using EstimateStage stage = new(pool);
        FrameFormat format = Drawn.Yuv420(63, 41, 10);
        using MattedFrame frame = Drawn.Through(stage, new MattedFrame(Drawn.Noise(pool, format, 3), Drawn.FlatAlpha(pool, 63, 41, (ushort)alpha)));
        Assert.True(frame.Foreground!.Bytes.SequenceEqual(frame.Picture.Bytes));
    }

    [Fact]
    public void Apply_ForegroundThere_IsReplaced()
    {
        using CheckingFramePool pool = new();
        using EstimateStage stage = new(pool);
        FrameFormat format = Drawn.Yuv420(80, 60);
        MattedFrame frame = Composite(pool, format, 9), other = Composite(pool, format, 9);
        other.ReplaceForeground(Drawn.Noise(pool, format, 1));
        using MattedFrame one = Drawn.Through(stage, frame), two = Drawn.Through(stage, other);
        Assert.True(one.Foreground!.Bytes.SequenceEqual(two.Foreground!.Bytes));
    }

    /// <summary>A disc of one colour with a soft edge over another, composed as planes are.</summary>
    private static MattedFrame Composite(IFramePool pool, FrameFormat format, double soft)
    {
        AlphaMatte alpha = Drawn.Disc(pool, format.Width, format.Height, format.Width * .45, format.Height * .5, 36, soft);
        PlaneCodes shirt = PlaneCodes.Of(Shirt, format), room = PlaneCodes.Of(Room, format);
        using VideoFrame front = Drawn.Flat(pool, format, shirt.First, shirt.Second, shirt.Third);
        using VideoFrame back = Drawn.Flat(pool, format, room.First, room.Second, room.Third);
        return new MattedFrame(PlaneBlend.Composite(front, alpha, back, pool), alpha);
    }
}
