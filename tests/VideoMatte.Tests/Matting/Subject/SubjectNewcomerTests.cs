using VideoMatte.Frames;
using VideoMatte.Matting.Subject;
using VideoMatte.Temporal.Motion;
using VideoMatte.Testing;
using VideoMatte.Tests.Compositing;
using VideoMatte.Tests.Temporal.Motion;
using Xunit;

namespace VideoMatte.Tests.Matting.Subject;

/// <summary>Who comes up later, and who comes back: scenes of discs, each at its place frame by frame or away.</summary>
public sealed class SubjectNewcomerTests
{
    private const int Width = 360, Height = 100, Frames = 50, Radius = 20;

    /// <summary>The reviewer's case: one is pointed at, another walks in at frame 10 far away.</summary>
    [Fact]
    public void Process_ANewcomerFarAway_IsDropped()
    {
        double[][] areas = Run(["50,50"], [_ => 50, i => i < 10 ? null : 300]);
        Assert.All(areas, a => Assert.Equal(1, a[0], .001));
        Assert.All(areas, a => Assert.Equal(0, a[1], .001));
    }

    /// <summary>10 pixels from the kept one, 100 from the dropped one.</summary>
    [Fact]
    public void Process_ANewcomerNearerToTheKeptThanToTheDropped_IsDropped()
    {
        double[][] areas = Run(["60,50"], [_ => 60, _ => 250, i => i < 10 ? null : 110]);
        Assert.All(areas, a => Assert.Equal((1, 0, 0), (Math.Round(a[0], 3), Math.Round(a[1], 3), Math.Round(a[2], 3))));
    }

    /// <summary>The dropped one walks over the empty place and stays beside it; at its place the kept one is known again.</summary>
    [Fact]
    public void Process_AHiddenSubjectWhosePlaceAnotherCrossed_IsKnownWhenItComesBack()
    {
        // From 300 down to 40 and back to 130, 20 pixels a frame.
        double[][] areas = Run(["60,50"], [i => i is >= 10 and < 35 ? null : 60, i => i < 12 ? 300 : i < 25 ? 300 - (20 * (i - 12)) : Math.Min(40 + (20 * (i - 24)), 130)]);
        Assert.All(areas[..10], a => Assert.Equal(1, a[0], .001));
        Assert.All(areas[35..], a => Assert.Equal(1, a[0], .001));
        Assert.All(areas, a => Assert.Equal(0, a[1], .001));
    }

    /// <summary>One of two kept is away for a while, the other is seen all along, and the dropped one is nearer.</summary>
    [Fact]
    public void Process_OneOfTwoKeptThatIsHidden_IsKnownWhenItComesBack()
    {
        double[][] areas = Run(["60,50", "300,50"], [i => i is >= 10 and < 30 ? null : 60, _ => 120, _ => 300]);
        Assert.All(areas[30..], a => Assert.Equal((1, 0, 1), (Math.Round(a[0], 3), Math.Round(a[1], 3), Math.Round(a[2], 3))));
    }

    /// <summary>Who leaves over the picture's edge comes back over it.</summary>
    [Fact]
    public void Process_ASubjectThatWalksOutAndIn_IsKeptAgain()
    {
        double[][] areas = Run(["60,50"], [i => 60 - (i < 25 ? 5 * i : 5 * (48 - i)), _ => 300]);
        Assert.Equal(1, areas[^2][0], .001);
        Assert.All(areas, a => Assert.Equal(0, a[1], .001));
    }

    /// <summary>45 pixels a frame: its places do not overlap.</summary>
    [Fact]
    public void Process_ASubjectThatOutrunsItsOwnPlace_IsFollowed()
    {
        double[][] areas = Run(["60,50"], [i => 60 + (45 * (i % 2)), _ => 300]);
        Assert.All(areas, a => Assert.Equal((1, 0), (Math.Round(a[0], 3), Math.Round(a[1], 3))));
    }

    [Fact]
    public void Warnings_WhereTheKeptOneIsGone_SayFromWhenOn()
    {
        Run(["60,50"], [i => i < 20 ? 60 : null, _ => 300], out IReadOnlyList<MatteWarning> warnings);
        MatteWarning lost = Assert.Single(warnings, w => w.Code == "subject-lost");
        Assert.Equal((20L, false), (lost.Frame, lost.NotAsAsked));
    }

    /// <summary>A prompt on nothing keeps none behind it waiting.</summary>
    [Theory]
    [InlineData("180,10", "300,50")]
    [InlineData("300,50", "180,10")]
    public void Process_ABadPromptBesideAGoodOne_HoldsNobodyBack(string first, string second)
    {
        double[][] areas = Run([first, second], [_ => 60, _ => 300], out IReadOnlyList<MatteWarning> warnings);
        Assert.All(areas, a => Assert.Equal((0, 1), (Math.Round(a[0], 3), Math.Round(a[1], 3))));
        Assert.Contains("180,10", Assert.Single(warnings, w => w.Code == "subject-not-found").Message, StringComparison.Ordinal);
    }

    /// <summary>Each has its own patience: two that come up late are both found, one after the other.</summary>
    [Fact]
    public void Process_TwoThatComeUpLate_AreBothFound()
    {
        double[][] areas = Run(["60,50", "300,50"], [i => i < 12 ? null : 60, i => i < 14 ? null : 300, _ => 180], out IReadOnlyList<MatteWarning> warnings);
        Assert.All(areas[14..], a => Assert.Equal((1, 1, 0), (Math.Round(a[0], 3), Math.Round(a[1], 3), Math.Round(a[2], 3))));
        Assert.DoesNotContain(warnings, w => w.Code == "subject-not-found");
    }

    /// <summary>Who was not found before a cut is not looked for behind it.</summary>
    [Fact]
    public void Reset_WhileAPromptWaits_SaysThatItWasNotFound()
    {
        using CheckingFramePool pool = new();
        using var model = new SubjectMattingModel(Discs(pool, [i => i < 5 ? 60 : 300]), [SubjectPrompt.Parse("300,50")]);
        Queue<MattedFrame> ready = new();
        for (int i = 0; i < 8; i++)
        {
            if (i == 5)
                model.Reset();
            model.Process(Drawn.Noise(pool, Drawn.Yuv420(Width, Height), i), ready);
            using MattedFrame frame = ready.Dequeue();
            Assert.Equal(65535, frame.Alpha.Row(50)[i < 5 ? 60 : 300]);
        }

        MatteWarning warning = Assert.Single(model.Warnings);
        Assert.Equal(("subject-not-found", 0L, true), (warning.Code, warning.Frame, warning.NotAsAsked));
    }

    /// <summary>Two in a row, so fast that the hind one is more where the fore one was than where it was itself: by places alone they are mixed up, along the
    /// motion they are not.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Process_OneBehindTheOther_IsKnownByItsMotion(bool alongTheMotion)
    {
        using CheckingFramePool pool = new();
        const int Step = 28, Apart = 42, Count = 8;
        using var model = new SubjectMattingModel(
            Discs(pool, [i => 30 + (Step * i), i => 30 + Apart + (Step * i)]), [SubjectPrompt.Parse("30,50")], alongTheMotion ? new MotionCarrier() : null);
        Queue<MattedFrame> ready = new();
        int right = 0;
        for (int i = 0; i < Count; i++)
        {
            model.Process(MotionPicture(pool, i, Step, Apart), ready);
            using MattedFrame frame = ready.Dequeue();
            right += frame.Alpha.Row(50)[30 + (Step * i)] == 65535 && frame.Alpha.Row(50)[30 + Apart + (Step * i)] == 0 ? 1 : 0;
        }

        Assert.Equal(alongTheMotion, right == Count);
    }

    private static VideoFrame MotionPicture(IFramePool pool, int index, int step, int apart)
    {
        VideoFrame frame = VideoFrame.Rent(pool, MotionScene.Format with { Width = Width, Height = Height }, new FrameTime(index, new Rational(index, 25), new Rational(1, 25)));
        Span<byte> samples = frame.Plane8(0).Samples;
        for (int p = 0; p < samples.Length; p++)
        {
            (int y, int x) = Math.DivRem(p, Width);
            double hind = 30 + (step * index), fore = hind + apart, grey = 40 + (10 * Math.Sin(x * .2) * Math.Cos(y * .3));
            grey = Math.Abs(x - hind) < Radius && Math.Abs(y - 50) < Radius ? MotionScene.Figure(x - hind, y) : grey;
            grey = Math.Abs(x - fore) < Radius && Math.Abs(y - 50) < Radius ? MotionScene.Ground((x - fore) * 2, y * 2) : grey;
            samples[p] = (byte)Math.Clamp(grey, 0, 255);
        }

        return frame;
    }

    private static double[][] Run(string[] prompts, Func<long, double?>[] places) => Run(prompts, places, out _);

    /// <summary>Each disc's area over its own, frame by frame.</summary>
    private static double[][] Run(string[] prompts, Func<long, double?>[] at, out IReadOnlyList<MatteWarning> warnings)
    {
        using CheckingFramePool pool = new();
        using var model = new SubjectMattingModel(Discs(pool, at), [.. prompts.Select(SubjectPrompt.Parse)]);
        Queue<MattedFrame> ready = new();
        List<double[]> areas = [];
        for (int i = 0; i < Frames; i++)
        {
            model.Process(Drawn.Noise(pool, Drawn.Yuv420(Width, Height), i), ready);
            using MattedFrame frame = ready.Dequeue();
            double[] found = new double[at.Length], whole = new double[at.Length];
            for (int y = 0; y < Height; y++)
                for (int x = 0; x < Width; x++)
                {
                    int nearest = Enumerable.Range(0, at.Length).MinBy(k => at[k](i) is { } centre ? Math.Abs(x - centre) : double.MaxValue);
                    found[nearest] += frame.Alpha.Row(y)[x];
                    whole[nearest] += at[nearest](i) is { } there ? (ushort)Code(x, y, there) : 0;
                }

            areas.Add([.. found.Zip(whole, (f, w) => w == 0 ? 0 : f / w)]);
        }

        warnings = model.Warnings;
        return [.. areas];
    }

    private static DrawnMattingModel Discs(IFramePool pool, Func<long, double?>[] places) =>
        new(pool, (i, x, y) => places.Max(p => p(i) is { } centre ? Code(x, y, centre) : 0));

    private static double Code(int x, int y, double centre) =>
        65535 * Math.Clamp((Radius - Math.Sqrt(Math.Pow(x - centre, 2) + Math.Pow(y - (Height / 2), 2)) + 2) / 4, 0, 1);
}
