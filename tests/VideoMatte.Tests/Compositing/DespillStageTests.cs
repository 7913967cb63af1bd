using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Tests.Compositing;

public sealed class DespillStageTests(ITestOutputHelper output)
{
    private static readonly RgbColour Screen = new(30, 180, 60);
    private static readonly RgbColour Skin = new(205, 150, 120);
    private static readonly RgbColour GreenShirt = new(60, 170, 80);

    /// <summary>What may stay of the tint on keyed photos, by mean of max(0, G - max(R, B)) in the band.</summary>
    private const double MostLeft = .35;

    /// <summary>Of rounding, in codes.</summary>
    private const int Rounding = 1;

    /// <summary>Photographs of real screens with their own mattes: the tint falls, skin and hair that have none keep every code.</summary>
    [SharedTheory]
    [InlineData("keyed_head_green", "auto", PlaneLayout.Gbr)]
    [InlineData("keyed_head_green", "auto", PlaneLayout.Yuv420)]
    [InlineData("keyed_head_green", "#20a040", PlaneLayout.Gbr)]
    [InlineData("keyed_man_fullbody", "auto", PlaneLayout.Gbr)]
    [InlineData("keyed_man_fullbody", "green", PlaneLayout.Yuv420)]
    public async Task Apply_KeyedPhoto_TakesTheScreensTint(string name, string despill, PlaneLayout layout)
    {
        using CheckingFramePool pool = new();
        GroundTruthPair pair = await GroundTruthPair.ReadAsync(name);
        FrameFormat format = new(
            pair.Width, pair.Height, layout, 8, layout == PlaneLayout.Gbr ? ColourDescription.Rgb : ColourDescription.Bt709Limited);
        byte[] image = await GroundTruthPair.PlanesAsync(SharedData.GroundTruth(name + "_image.png"), "null", "gbrp");
        using EstimateStage estimate = new(pool);
        using DespillStage stage = new(DespillOptions.Parse(despill), pool);
        using MattedFrame frame = Drawn.Through(estimate, new MattedFrame(await pair.RentAsync(pool, image, format), pair.RentAlpha(pool)));
        using VideoFrame before = frame.Foreground!.Copy();
        (double untreated, _) = Tint(frame.Picture, frame.Alpha, pool);
        (double tinted, int band) = Tint(before, frame.Alpha, pool);
        Drawn.Through(stage, frame);
        (double clean, _) = Tint(frame.Foreground!, frame.Alpha, pool);
        output.WriteLine(FormattableString.Invariant($"{name} {layout}: source {untreated:0.00}, estimate {tinted:0.00}, despilled {clean:0.00} codes"));
        Assert.True(band > 1000);
        Assert.True(clean <= MostLeft * tinted, $"{clean} of {tinted}");
        AssertOnlyTheTintedBandChanged(before, frame, pool);
    }

    /// <summary>Rooms, gardens and a plain wall are no screens.</summary>
    [SharedTheory]
    [InlineData("am_GT03")]
    [InlineData("am_GT13")]
    [InlineData("lemur")]
    public async Task Apply_AutoWithoutAScreen_ChangesNoByte(string name)
    {
        using CheckingFramePool pool = new();
        GroundTruthPair pair = await GroundTruthPair.ReadAsync(name);
        FrameFormat format = new(pair.Width, pair.Height, PlaneLayout.Gbr, 8, ColourDescription.Rgb);
        using EstimateStage estimate = new(pool);
        using DespillStage stage = new(DespillOptions.Auto, pool);
        for (int i = 0; i < 4; i++)
        {
            stage.Reset();
            using MattedFrame frame = Drawn.Through(estimate, new MattedFrame(await pair.RentAsync(pool, pair.Composite(i), format), pair.RentAlpha(pool)));
            using VideoFrame before = frame.Foreground!.Copy();
            Drawn.Through(stage, frame);
            Assert.True(before.Bytes.SequenceEqual(frame.Foreground!.Bytes), GroundTruthPair.BackgroundNames[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Drawn.Formats), MemberType = typeof(Drawn))]
    public void Apply_SkinBeforeAScreen_LosesTheTintAndKeepsItsLuma(FrameFormat format)
    {
        using CheckingFramePool pool = new();
        using DespillStage stage = new(DespillOptions.Auto, pool);
        FrameFormat large = format with { Width = format.Width + 140, Height = format.Height + 130 };
        using MattedFrame frame = Spilled(pool, large, Skin);
        using VideoFrame before = frame.Foreground!.Copy();
        Drawn.Through(stage, frame);
        if (large.Layout == PlaneLayout.Gray)
        {
            Assert.True(before.Bytes.SequenceEqual(frame.Foreground!.Bytes));
            return;
        }

        (double tinted, int band) = Tint(before, frame.Alpha, pool);
        (double clean, _) = Tint(frame.Foreground!, frame.Alpha, pool);
        Assert.True(band > 200 && tinted > 5, "the drawing has no tint");
        Assert.True(clean <= 1.5, $"{clean} codes of {tinted} are left");
        AssertOnlyTheTintedBandChanged(before, frame, pool);
        for (int i = 0; i < frame.Alpha.Samples.Length; i++)
            Assert.InRange(Luma(frame.Foreground!, i) - Luma(before, i), -Rounding, Rounding);
    }

    /// <summary>A green shirt before a green screen keeps as much green at its edge as it has inside.</summary>
    [Fact]
    public void Apply_GreenShirt_KeepsItsGreen()
    {
        using CheckingFramePool pool = new();
        using DespillStage stage = new(DespillOptions.Auto, pool);
        using MattedFrame frame = Spilled(pool, Drawn.Rgb(200, 160), GreenShirt, spill: 0);
        using VideoFrame before = frame.Foreground!.Copy();
        Drawn.Through(stage, frame);
        for (int i = 0; i < before.Bytes.Length; i++)
            Assert.InRange(frame.Foreground!.Bytes[i] - before.Bytes[i], -Rounding, Rounding);
    }

    /// <summary>What the first frame of a shot decided holds until the next shot.</summary>
    [Fact]
    public void Apply_ScreenGoneWithinAShot_StillCleansUntilReset()
    {
        using CheckingFramePool pool = new();
        using DespillStage stage = new(DespillOptions.Auto, pool);
        FrameFormat format = Drawn.Rgb(200, 160);
        Assert.True(Changes(Spilled(pool, format, Skin)));
        Assert.True(Changes(Spilled(pool, format, Skin, screen: new RgbColour(120, 120, 120))));
        stage.Reset();
        Assert.False(Changes(Spilled(pool, format, Skin, screen: new RgbColour(120, 120, 120))));

        bool Changes(MattedFrame frame)
        {
            using VideoFrame before = frame.Foreground!.Copy();
            using MattedFrame result = Drawn.Through(stage, frame);
            return !before.Bytes.SequenceEqual(result.Foreground!.Bytes);
        }
    }

    [Theory]
    [InlineData("gray")]
    [InlineData("#808283")]
    [InlineData("grean")]
    [InlineData("#12")]
    public void Parse_NoScreensColour_IsRefused(string text) =>
        Assert.Equal("despill-unknown", Assert.Throws<MatteException>(() => DespillOptions.Parse(text)).Code);

    [Theory]
    [InlineData(.1f, .7f, .2f, false, true, false)]
    [InlineData(.1f, .2f, .8f, false, false, true)]
    [InlineData(.9f, .1f, .8f, true, false, true)]
    public void Of_AColour_NamesTheChannelsThatMakeIt(float r, float g, float b, bool red, bool green, bool blue) =>
        Assert.Equal(new SpillHue(red, green, blue), SpillHue.Of(r, g, b));

    /// <summary>A disc of one colour before a screen, whose foreground has a part of the screen in its band.</summary>
    private static MattedFrame Spilled(IFramePool pool, FrameFormat format, RgbColour subject, double spill = .3, RgbColour? screen = null)
    {
        AlphaMatte alpha = Drawn.Disc(pool, format.Width, format.Height, format.Width * .5, format.Height * .5, 50, 14);
        PlaneCodes front = PlaneCodes.Of(subject, format), back = PlaneCodes.Of(screen ?? Screen, format), green = PlaneCodes.Of(Screen, format);
        VideoFrame picture = Drawn.Flat(pool, format, back.First, back.Second, back.Third);
        VideoFrame foreground = Drawn.Flat(pool, format, front.First, front.Second, front.Third);
        for (int plane = 0; plane < format.PlaneCount; plane++)
            for (int y = 0; y < format.PlaneHeight(plane); y++)
                for (int x = 0; x < format.PlaneWidth(plane); x++)
                {
                    double a = ChromaAlphaTests.Reference(alpha, format, plane, x, y) / 65535;
                    int i = (y * format.PlaneWidth(plane)) + x;
                    if (a == 1)
                        Drawn.Set(picture, plane, i, front[plane]);
                    else if (a > 0)
                        Drawn.Set(foreground, plane, i, (int)Math.Round(front[plane] + (spill * (green[plane] - front[plane]))));
                }

        MattedFrame frame = new(picture, alpha);
        frame.ReplaceForeground(foreground);
        return frame;
    }

    /// <summary>Mean of max(0, G - max(R, B)) in the band, in codes of 8 bits, by formulas of its own; and the band's samples.</summary>
    private static (double Mean, int Count) Tint(VideoFrame frame, AlphaMatte matte, IFramePool pool)
    {
        FrameFormat format = frame.Format;
        using AlphaMatte? chroma = format.ChromaShiftX == 1 ? ChromaAlpha.Rent(matte, format, pool) : null;
        ReadOnlySpan<ushort> alpha = (chroma ?? matte).Samples;
        double sum = 0;
        int count = 0;
        for (int i = 0; i < alpha.Length; i++)
        {
            if (alpha[i] is 0 or AlphaMatte.Opaque)
                continue;
            count++;
            sum += Math.Max(0, TintOf(frame, i));
        }

        return (sum / Math.Max(count, 1), count);
    }

    private static double TintOf(VideoFrame frame, int i)
    {
        FrameFormat format = frame.Format;
        if (format.IsRgb)
            return (Drawn.Get(frame, 0, i) - Math.Max(Drawn.Get(frame, 1, i), Drawn.Get(frame, 2, i))) * 255.0 / format.MaxCode;
        double span = format.Colour.Range == ColourRange.Full ? format.MaxCode : 224 << (format.Depth - 8);
        double cb = 255 * (Drawn.Get(frame, 1, i) - format.NeutralCode) / span, cr = 255 * (Drawn.Get(frame, 2, i) - format.NeutralCode) / span;
        // BT.709, luma left out of all three.
        double red = 1.5748 * cr, blue = 1.8556 * cb, green = (-.1873 * cb) - (.4681 * cr);
        return green - Math.Max(red, blue);
    }

    private static double Luma(VideoFrame frame, int i)
    {
        if (!frame.Format.IsRgb)
            return Drawn.Get(frame, 0, i) / (double)(1 << (frame.Format.Depth - 8));
        return ((.7152 * Drawn.Get(frame, 0, i)) + (.0722 * Drawn.Get(frame, 1, i)) + (.2126 * Drawn.Get(frame, 2, i))) * 255 / frame.Format.MaxCode;
    }

    /// <summary>Outside the band, and where there was no tint, every sample is what it was.</summary>
    private static void AssertOnlyTheTintedBandChanged(VideoFrame before, MattedFrame frame, IFramePool pool)
    {
        FrameFormat format = before.Format;
        using AlphaMatte? chroma = format.ChromaShiftX == 1 ? ChromaAlpha.Rent(frame.Alpha, format, pool) : null;
        ReadOnlySpan<ushort> alpha = (chroma ?? frame.Alpha).Samples;
        for (int plane = format.IsRgb ? 0 : 1; plane < 3; plane++)
            for (int i = 0; i < alpha.Length; i++)
                if (alpha[i] is 0 or AlphaMatte.Opaque || TintOf(before, i) < -.01)
                    Assert.True(Drawn.Get(before, plane, i) == Drawn.Get(frame.Foreground!, plane, i), "a sample without tint changed");
        if (!format.IsRgb)
            Assert.True(before.PlaneBytes(0).SequenceEqual(frame.Foreground!.PlaneBytes(0)), "luma changed");
    }
}
