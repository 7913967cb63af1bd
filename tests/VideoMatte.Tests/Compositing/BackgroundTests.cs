using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Compositing;

public sealed class BackgroundTests
{
    [Theory]
    [InlineData("#00b140", 0, 0xB1, 0x40)]
    [InlineData("#0AF", 0, 0xAA, 0xFF)]
    [InlineData("Lime", 0, 255, 0)]
    [InlineData("green", 0, 128, 0)]
    [InlineData("white", 255, 255, 255)]
    public void Parse_Colour_IsRead(string text, int r, int g, int b)
    {
        BackgroundOptions options = BackgroundOptions.Parse(text);
        Assert.Equal(BackgroundKind.Colour, options.Kind);
        Assert.Equal(new RgbColour((byte)r, (byte)g, (byte)b), options.Colour);
    }

    [Fact]
    public void Parse_OtherKinds_AreRead()
    {
        Assert.Equal(BackgroundOptions.None, BackgroundOptions.Parse("none"));
        Assert.Equal(new BackgroundOptions(BackgroundKind.Blur), BackgroundOptions.Parse("blur"));
        Assert.Equal(new BackgroundOptions(BackgroundKind.Blur, BlurRadius: 12.5), BackgroundOptions.Parse("blur:12.5"));
        Assert.Equal(new BackgroundOptions(BackgroundKind.File, File: "beach.mp4"), BackgroundOptions.Parse("beach.mp4"));
        Assert.Equal(new BackgroundOptions(BackgroundKind.File, File: "./red"), BackgroundOptions.Parse("./red"));
        Assert.Equal(new BackgroundOptions(BackgroundKind.File, File: "#1.png"), BackgroundOptions.Parse("#1.png"));
    }

    [Theory]
    [InlineData("#12")]
    [InlineData("#12345g")]
    [InlineData("# 1234")]
    [InlineData("blur:")]
    [InlineData("blur:1,5")]
    [InlineData("blur:-3")]
    [InlineData("blur:1")]
    [InlineData("blur:1001")]
    [InlineData("blur:NaN")]
    [InlineData("greeen")]
    [InlineData("")]
    public void Parse_Nonsense_IsAUsageError(string text)
    {
        MatteException error = Assert.Throws<MatteException>(() => BackgroundOptions.Parse(text));
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.StartsWith("--background " + text, error.Message, StringComparison.Ordinal);
    }

    /// <summary>75 % bars' colours by the standards' own tables: BT.709 (SMPTE RP 219) and BT.601 (EBU), 8-bit limited.</summary>
    [Theory]
    [InlineData(ColourMatrix.Bt709, 255, 255, 255, 235, 128, 128)]
    [InlineData(ColourMatrix.Bt709, 191, 191, 0, 168, 44, 136)]
    [InlineData(ColourMatrix.Bt709, 191, 0, 0, 51, 109, 212)]
    [InlineData(ColourMatrix.Smpte170M, 0, 191, 0, 112, 72, 58)]
    [InlineData(ColourMatrix.Smpte170M, 0, 0, 191, 35, 212, 114)]
    public void Codes_ColourBars_AreTheStandards(ColourMatrix matrix, byte r, byte g, byte b, int y, int cb, int cr)
    {
        FrameFormat format = new(64, 64, PlaneLayout.Yuv420, 8, new ColourDescription(matrix, ColourRange.Limited));
        Assert.Equal(new PlaneCodes(y, cb, cr), PlaneCodes.Of(new RgbColour(r, g, b), format));
    }

    [Fact]
    public void Codes_DeepFullAndRgb_UseTheirScales()
    {
        RgbColour red = new(255, 0, 0);
        FrameFormat full = new(8, 8, PlaneLayout.Yuv444, 10, new ColourDescription(ColourMatrix.Bt709, ColourRange.Full));
        Assert.Equal(new PlaneCodes(217, 395, 1023), PlaneCodes.Of(red, full));
        Assert.Equal(new PlaneCodes(0, 0, 4095), PlaneCodes.Of(red, Drawn.Rgb(8, 8, 12)));
        Assert.Equal(235, PlaneCodes.Of(new RgbColour(255, 255, 255),
            new FrameFormat(8, 8, PlaneLayout.Gray, 8, new ColourDescription(ColourMatrix.Identity, ColourRange.Limited))).First);
    }

    [Theory]
    [MemberData(nameof(Drawn.Formats), MemberType = typeof(Drawn))]
    public void Stage_Colour_IsOverTheColourInThePicturesFormat(FrameFormat format)
    {
        using CheckingFramePool pool = new();
        RgbColour colour = new(10, 200, 90);
        using CompositeStage stage = new(new ColourBackground(colour, pool), pool);
        for (int i = 0; i < 2; i++)
        {
            MattedFrame frame = new(Drawn.Noise(pool, format, i), Drawn.NoiseAlpha(pool, format.Width, format.Height, i));
            using MattedFrame result = Drawn.Through(stage, frame);
            PlaneCodes codes = PlaneCodes.Of(colour, format);
            using VideoFrame behind = Drawn.Flat(pool, format, codes.First, codes.Second, codes.Third);
            using VideoFrame wanted = PlaneBlend.Composite(result.Picture, result.Alpha, behind, pool);
            Assert.Equal(format, result.Rendered!.Format);
            Assert.True(result.Rendered.Bytes.SequenceEqual(wanted.Bytes));
        }
    }

    [Fact]
    public void Stage_BackgroundOfAnotherFormat_IsRefusedAndNothingLeaks()
    {
        using CheckingFramePool pool = new();
        VideoFrame other = Drawn.Noise(pool, Drawn.Yuv420(22, 20), 1);
        Queue<VideoFrame?> reads = new([other, null]);
        using CompositeStage stage = new(new FrameBackground(reads.Dequeue), pool);
        MattedFrame frame = new(Drawn.Noise(pool, Drawn.Yuv420(20, 20), 1), Drawn.FlatAlpha(pool, 20, 20, 0));
        Assert.Throws<InvalidOperationException>(() => stage.Process(frame, new Queue<MattedFrame>()));
    }

    [Fact]
    public void FrameBackground_Picture_StaysForEver()
    {
        using CheckingFramePool pool = new();
        (FrameBackground background, _) = Clip(pool, [(0, 0)], rewinds: false);
        using (background)
            Assert.All(Shown(pool, background, [0, 1, 2, 100], 25), index => Assert.Equal(0, index));
    }

    /// <summary>A clip of 12.5 frames a second under one of 25: each background frame stays for two.</summary>
    [Fact]
    public void FrameBackground_SlowerClip_KeepsItsOwnSpeedAndItsLastFrame()
    {
        using CheckingFramePool pool = new();
        (FrameBackground background, _) = Clip(pool, [(100, 2), (102, 2), (104, 2)], rewinds: false);
        using (background)
            Assert.Equal([0, 0, 1, 1, 2, 2, 2, 2], Shown(pool, background, [7, 8, 9, 10, 11, 12, 13, 50], 25));
    }

    [Fact]
    public void FrameBackground_ClipThatEnds_BeginsAgain()
    {
        using CheckingFramePool pool = new();
        (FrameBackground background, _) = Clip(pool, [(0, 1), (1, 1), (2, 1)], rewinds: true);
        using (background)
        {
            Assert.Equal([0, 1, 2, 0, 1, 2, 0], Shown(pool, background, [0, 1, 2, 3, 4, 5, 6], 25));
            background.Reset();
            Assert.Equal([0, 1], Shown(pool, background, [40, 41], 25));
        }
    }

    [Fact]
    public void FrameBackground_NoFrame_IsAnInputError()
    {
        using CheckingFramePool pool = new();
        using FrameBackground background = new(() => null);
        MatteException error = Assert.Throws<MatteException>(() => Shown(pool, background, [0], 25));
        Assert.Equal((ErrorKind.Input, "background-empty"), (error.Kind, error.Code));
    }

    private static (FrameBackground Background, FrameFormat Format) Clip(IFramePool pool, (int Time, int Duration)[] frames, bool rewinds)
    {
        FrameFormat format = Drawn.Rgb(4, 4);
        int next = 0;
        return (new FrameBackground(Read, rewinds ? () => next = 0 : null), format);

        VideoFrame? Read()
        {
            if (next == frames.Length)
                return null;
            (int time, int duration) = frames[next];
            VideoFrame frame = VideoFrame.Rent(pool, format, new FrameTime(next, new Rational(time, 25), new Rational(duration, 25)));
            frame.Bytes.Fill((byte)next++);
            return frame;
        }
    }

    private static int[] Shown(IFramePool pool, FrameBackground background, int[] times, int rate)
    {
        List<int> shown = [];
        foreach (int time in times)
        {
            FrameTime at = new(time, new Rational(time, rate), new Rational(1, rate));
            VideoFrame picture = VideoFrame.Rent(pool, Drawn.Rgb(4, 4), at);
            using MattedFrame frame = new(picture, Drawn.FlatAlpha(pool, 4, 4, 0));
            shown.Add(background.Next(frame).Bytes[0]);
        }

        return [.. shown];
    }
}
