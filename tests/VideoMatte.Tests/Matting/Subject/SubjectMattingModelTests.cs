using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Matting.Subject;
using VideoMatte.Testing;
using VideoMatte.Tests.Compositing;
using Xunit;

namespace VideoMatte.Tests.Matting.Subject;

public sealed class SubjectMattingModelTests : MattingModelContract
{
    private const int Width = 200, Height = 100, Frames = 60, Radius = 20;

    /// <summary>Two discs that move: the pointed-at one is kept whole in every frame, the other is gone.</summary>
    [Theory]
    [InlineData("50,50", true)]
    [InlineData("150,50", false)]
    [InlineData("20,20,85,85", true)]
    public void Process_TwoSubjects_KeepsTheOnePointedAt(string prompt, bool isLeft)
    {
        foreach ((double left, double right) in Run([prompt], Apart, out IReadOnlyList<MatteWarning> warnings))
        {
            Assert.Equal(1, isLeft ? left : right, .001);
            Assert.Equal(0, isLeft ? right : left, .001);
            Assert.Contains(warnings, w => w.Code == "subject-others-dropped");
        }
    }

    [Fact]
    public void Process_TwoPrompts_KeepBoth()
    {
        foreach ((double left, double right) in Run(["50,50", "150,50"], Apart, out _))
            Assert.Equal((1, 1), (Math.Round(left, 3), Math.Round(right, 3)));
    }

    /// <summary>They come together until their edges touch, and part again.</summary>
    [Fact]
    public void Process_SubjectsThatTouch_AreToldApartAgain()
    {
        List<(double Left, double Right)> areas = Run(["40,50"], i => (40 + (40 * Math.Sin(Math.PI * i / Frames)), 160 - (40 * Math.Sin(Math.PI * i / Frames))), out _);
        Assert.All(areas, a => Assert.InRange(a.Left, .95, 1.05));
        Assert.Equal(0, areas[^1].Right, .001);
    }

    [Fact]
    public void Process_ASubjectThatLeavesAndComesBack_IsKnownAgain()
    {
        List<(double Left, double Right)> areas = Run(["50,50"], i => (i is >= 20 and < 30 ? -100 : 50, 150), out _);
        Assert.Equal((0, 0), (areas[25].Left, Math.Round(areas[25].Right, 3)));
        Assert.Equal(1, areas[^1].Left, .001);
        Assert.Equal(0, areas[^1].Right, .001);
    }

    [Fact]
    public void Process_BeforeThePromptsTime_LeavesTheMatteWhole()
    {
        List<(double Left, double Right)> areas = Run(["75,50@1"], Apart, out _);
        Assert.All(areas.Take(25), a => Assert.Equal((1, 1), (Math.Round(a.Left, 3), Math.Round(a.Right, 3))));
        Assert.All(areas.Skip(25), a => Assert.Equal(0, a.Right, .001));
    }

    [Theory]
    [InlineData("100,5")]
    [InlineData("5000,5000")]
    [InlineData("50,50@99")]
    public void Process_APromptOnNothing_SaysSo(string prompt)
    {
        Run([prompt], Apart, out IReadOnlyList<MatteWarning> warnings);
        Assert.Contains(warnings, w => w is { Code: "subject-not-found", NotAsAsked: true });
    }

    [Fact]
    public void Reset_AtACut_ForgetsEverybodyAndSaysSo()
    {
        using CheckingFramePool pool = new();
        using var model = new SubjectMattingModel(Discs(pool, Apart), [SubjectPrompt.Parse("50,50")]);
        Queue<MattedFrame> ready = new();
        for (int i = 0; i < 2; i++)
        {
            VideoFrame frame = Drawn.Noise(pool, Drawn.Yuv420(Width, Height), i);
            frame.StartsShot = true;
            model.Reset();
            model.Process(frame, ready);
        }

        using MattedFrame first = ready.Dequeue(), second = ready.Dequeue();
        Assert.Equal((0, 65535), (first.Alpha.Row(50)[150], second.Alpha.Row(50)[150]));
        Assert.Contains(model.Warnings, w => w.Code == "subject-lost-at-cut");
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("-5,5")]
    [InlineData("1,2,3")]
    [InlineData("9,9,1,1")]
    [InlineData("1,2@")]
    [InlineData("1,2@x")]
    [InlineData("1,2@1@2")]
    public void Parse_WhatIsNoPrompt_IsRefused(string text) =>
        Assert.Equal(("subject", ErrorKind.Usage), (Assert.Throws<MatteException>(() => SubjectPrompt.Parse(text)).Code, ErrorKind.Usage));

    protected override IFrameStage<VideoFrame, MattedFrame> CreateStage(IFramePool pool) =>
        new SubjectMattingModel(new FakeMattingModel(pool), [SubjectPrompt.Parse("0,0,48,36")]);

    private static (double Left, double Right) Apart(long i) => (50 + (i % 30), 150 - (i % 20));

    /// <summary>Each disc's area over its own, frame by frame.</summary>
    private static List<(double Left, double Right)> Run(string[] prompts, Func<long, (double Left, double Right)> places, out IReadOnlyList<MatteWarning> warnings)
    {
        using CheckingFramePool pool = new();
        using var model = new SubjectMattingModel(Discs(pool, places), [.. prompts.Select(SubjectPrompt.Parse)]);
        Queue<MattedFrame> ready = new();
        List<(double, double)> areas = [];
        for (int i = 0; i < Frames; i++)
        {
            model.Process(Drawn.Noise(pool, Drawn.Yuv420(Width, Height), i), ready);
            using MattedFrame frame = ready.Dequeue();
            double[] found = [0, 0];
            (double left, double right) = places(i);
            for (int y = 0; y < Height; y++)
                for (int x = 0; x < Width; x++)
                    found[Math.Abs(x - left) <= Math.Abs(x - right) ? 0 : 1] += frame.Alpha.Row(y)[x];
            double one = Area();
            areas.Add((found[0] / one, found[1] / one));
        }

        warnings = model.Warnings;
        return areas;
    }

    /// <summary>Two discs with soft edges.</summary>
    private static DrawnMattingModel Discs(IFramePool pool, Func<long, (double Left, double Right)> places) =>
        new(pool, (i, x, y) => Math.Max(Code(x, y, places(i).Left), Code(x, y, places(i).Right)));

    private static double Area()
    {
        double sum = 0;
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
                sum += (ushort)Code(x, y, 100);
        return sum;
    }

    private static double Code(int x, int y, double centre) =>
        65535 * Math.Clamp((Radius - Math.Sqrt(Math.Pow(x - centre, 2) + Math.Pow(y - (Height / 2), 2)) + 2) / 4, 0, 1);
}
