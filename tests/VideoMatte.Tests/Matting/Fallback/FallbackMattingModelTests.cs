using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Matting.Fallback;
using VideoMatte.Testing;
using VideoMatte.Tests.Compositing;
using Xunit;

namespace VideoMatte.Tests.Matting.Fallback;

public sealed class FallbackMattingModelTests : MattingModelContract
{
    private const int Frames = 90, Width = 160, Height = 90;

    /// <summary>Lost for a stretch, or from the first frame on: the subject is there in every frame, the ends do not jump, the range is said.</summary>
    [Theory]
    [InlineData(0, 89, 0, 89)]
    [InlineData(30, 49, 22, 68)]
    [InlineData(0, 9, 0, 28)]
    [InlineData(80, 89, 72, 89)]
    public void Process_WhereTheMatteIsLost_TheStillModelStandsIn(int lostFrom, int lostTo, int from, int to)
    {
        (double[] areas, double worst, IReadOnlyList<FallbackRange> ranges, _) = Run(i => i >= lostFrom && i <= lostTo);
        FallbackRange range = Assert.Single(ranges);
        Assert.Equal((from, to), (range.From, range.To));
        Assert.All(areas, a => Assert.InRange(a, .8, 1.2));
        (_, double own, _, _) = Run(_ => true);
        // The bar: no more than one and a half of the still model's own largest step.
        Assert.True(worst <= 1.5 * own, $"{worst} against {own}");
    }

    [Fact]
    public void Process_ASoundMatte_IsLeftAloneAndTheStillModelHardlyAsked()
    {
        (_, _, IReadOnlyList<FallbackRange> ranges, int asked) = Run(_ => false);
        Assert.Empty(ranges);
        Assert.InRange(asked, 1, 1 + (Frames / 12));
    }

    /// <summary>One frame lost in every three: one range, not thirty.</summary>
    [Fact]
    public void Process_AMatteThatComesAndGoes_IsNotFollowedToAndFro()
    {
        (double[] areas, _, IReadOnlyList<FallbackRange> ranges, _) = Run(i => i is >= 30 and < 60 && i % 3 != 0);
        Assert.Single(ranges);
        Assert.All(areas, a => Assert.InRange(a, .8, 1.2));
    }

    /// <summary>A single lost frame is no loss.</summary>
    [Fact]
    public void Process_OneFrameLost_IsNoLoss() => Assert.Empty(Run(i => i == 40).Ranges);

    /// <summary>Nobody is there, and the still model sees things: unsure of them, never in the same place twice, from one side of the picture to
    /// the other, or too small. Nothing stands in.</summary>
    [Theory]
    [InlineData("unsure")]
    [InlineData("restless")]
    [InlineData("wide")]
    [InlineData("small")]
    public void Process_WhereOnlyTheStillModelSeesThings_NothingStandsIn(string what)
    {
        Func<long, int, int, double> draw = what switch
        {
            "unsure" => (_, x, y) => .6 * Code(20, x, y, 0),
            "restless" => (i, x, y) => Code(60 * (i % 2), x, y, 0),
            "wide" => (_, _, y) => y > Height / 2 ? 65535 : 0,
            _ => (_, x, y) => Math.Abs(x - 80) + Math.Abs(y - 45) < 9 ? 65535 : 0,
        };
        Assert.Empty(Ranges((_, _, _) => 0, draw));
    }

    /// <summary>Both see somebody, but not the same: the recurrent matte is no smaller than the still one, and stays.</summary>
    [Fact]
    public void Process_WhereTheModelSeesSomebodyElse_ItsMatteStays() =>
        Assert.Empty(Ranges((_, x, y) => Code(80, x, y, 0), (_, x, y) => Code(10, x, y, 0)));

    /// <summary>Where both have seen the subject, the still model may be less sure of it, and be believed.</summary>
    [Fact]
    public void Process_ASubjectBothHaveSeen_NeedsLessToBeBelieved()
    {
        double Still(long i, int x, int y) => i < 30 ? Code(0, x - 30, y, 0) : 65535 * Math.Clamp((20.5 - Math.Sqrt(Math.Pow(x - 60, 2) + Math.Pow(y - 45, 2))) / 8, 0, 1);
        FallbackRange range = Assert.Single(Ranges((i, x, y) => i < 30 ? Code(0, x - 30, y, 0) : 0, Still));
        Assert.Equal((22, Frames - 1), (range.From, range.To));
        // The same, never seen by the recurrent model: 60 % of its area is sure.
        Assert.Empty(Ranges((_, _, _) => 0, (_, x, y) => Still(30, x, y)));
    }

    /// <summary>Of two shots side by side each has its own range.</summary>
    [Fact]
    public void Reset_BetweenTwoLosses_MakesTwoRanges() => Assert.Equal([(0, 44), (45, 89)], Ranges((_, _, _) => 0, (i, x, y) => Code(0, x, y, 0), cut: 45).Select(r => ((int)r.From, (int)r.To)));

    protected override IFrameStage<VideoFrame, MattedFrame> CreateStage(IFramePool pool) =>
        new FallbackMattingModel(new FakeMattingModel(pool), new FakeMattingModel(pool));

    /// <summary>The disc's matte, empty where <paramref name="isLost"/>; areas over the disc's own, and the largest mean step between frames.</summary>
    private static (double[] Areas, double WorstStep, IReadOnlyList<FallbackRange> Ranges, int Asked) Run(Func<long, bool> isLost)
    {
        using CheckingFramePool pool = new();
        DrawnMattingModel still = Slow(pool, _ => false, 1);
        using var model = new FallbackMattingModel(Slow(pool, isLost, 0), still);
        Queue<MattedFrame> ready = new();
        List<double> areas = [];
        double worst = 0;
        ushort[]? before = null;
        for (int i = 0; i <= Frames; i++)
        {
            if (i == Frames)
                model.Flush(ready);
            else
                model.Process(MovingDisc.Picture(pool, Drawn.Yuv420(Width, Height), Drawn.At(i)), ready);
            while (ready.TryDequeue(out MattedFrame? frame))
            {
                using (frame)
                {
                    ushort[] alpha = frame.Alpha.Samples.ToArray();
                    areas.Add(alpha.Sum(a => (double)a) / Area());
                    if (before is not null)
                        worst = Math.Max(worst, alpha.Zip(before, (a, b) => (double)Math.Abs(a - b)).Average());
                    before = alpha;
                }
            }
        }

        Assert.Equal(Frames, areas.Count);
        return ([.. areas], worst, model.Fallbacks, still.Asked);
    }

    private static IReadOnlyList<FallbackRange> Ranges(Func<long, int, int, double> main, Func<long, int, int, double> still, int cut = -1)
    {
        using CheckingFramePool pool = new();
        using var model = new FallbackMattingModel(new DrawnMattingModel(pool, main), new DrawnMattingModel(pool, still));
        Queue<MattedFrame> ready = new();
        for (int i = 0; i < Frames; i++)
        {
            if (i == cut)
            {
                model.Flush(ready);
                model.Reset();
            }

            model.Process(MovingDisc.Picture(pool, Drawn.Yuv420(Width, Height), Drawn.At(i)), ready);
        }

        model.Flush(ready);
        Assert.Equal(Frames, ready.Count);
        while (ready.TryDequeue(out MattedFrame? frame))
            frame.Dispose();
        return model.Fallbacks;
    }

    /// <summary>A disc that goes a pixel a frame, <paramref name="shift"/> rows lower: two models never agree to the pixel.</summary>
    private static DrawnMattingModel Slow(IFramePool pool, Func<long, bool> isLost, int shift) => new(pool, (i, x, y) => isLost(i) ? 0 : Code(i, x, y, shift));

    private static double Area()
    {
        double sum = 0;
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
                sum += (ushort)Code(20, x, y, 0);
        return sum;
    }

    private static double Code(long index, int x, int y, int shift) =>
        65535 * Math.Clamp(20.5 - Math.Sqrt(Math.Pow(x - 30 - index, 2) + Math.Pow(y - 45 - shift, 2)), 0, 1);
}
