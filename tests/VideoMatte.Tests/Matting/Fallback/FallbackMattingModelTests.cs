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
