using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Matting.Solver;
using VideoMatte.Testing;
using VideoMatte.Tests.Compositing;
using Xunit;

namespace VideoMatte.Tests.Matting.Solver;

public sealed class RefinedMattingModelTests : MattingModelContract
{
    /// <summary>A matte blurred over many pixels comes back to the disc's own edge.</summary>
    [Fact]
    public void Process_ABlurredMatte_IsBroughtBackToThePicturesEdge()
    {
        using CheckingFramePool pool = new();
        FrameFormat format = Drawn.Rgb(160, 120);
        using var model = new RefinedMattingModel(Blurring(pool), new ClosedFormSolver(), 4);
        using DrawnMattingModel plain = Blurring(pool);
        double coarse = Error(pool, plain, format), refined = Error(pool, model, format);
        Assert.True(refined < .25 * coarse, $"{refined} against {coarse}");
    }

    [Fact]
    public void Process_AnEmptyMatte_StaysEmpty()
    {
        using CheckingFramePool pool = new();
        using var model = new RefinedMattingModel(new DrawnMattingModel(pool, (_, _, _) => 0), new ClosedFormSolver(), null);
        Queue<MattedFrame> ready = new();
        model.Process(CreateInput(pool, 0), ready);
        using MattedFrame frame = ready.Dequeue();
        Assert.True(frame.Alpha.Samples.IndexOfAnyExcept((ushort)0) < 0);
    }

    [Theory]
    [InlineData(1920, 1080, 19)]
    [InlineData(100, 80, 2)]
    public void AutomaticRadius_OfASize_IsAHundredth(int width, int height, int radius) =>
        Assert.Equal(radius, RefinedMattingModel.AutomaticRadius(width, height));

    protected override IFrameStage<VideoFrame, MattedFrame> CreateStage(IFramePool pool) =>
        new RefinedMattingModel(new FakeMattingModel(pool), new ClosedFormSolver(), 3);

    private static double Error(IFramePool pool, IMattingModel model, FrameFormat format)
    {
        Queue<MattedFrame> ready = new();
        model.Process(MovingDisc.Picture(pool, format, Drawn.At(2)), ready);
        using MattedFrame frame = ready.Dequeue();
        double error = 0;
        for (int y = 0; y < format.Height; y++)
            for (int x = 0; x < format.Width; x++)
                error += Math.Abs(frame.Alpha.Row(y)[x] - (double)MovingDisc.Alpha(format.Width, format.Height, 2, x, y));
        return error / 65535;
    }

    /// <summary>The disc's matte as a small network would give it: means over 15 x 15 pixels.</summary>
    private static DrawnMattingModel Blurring(IFramePool pool) => new(pool, (i, x, y) =>
    {
        const int Reach = 7;
        double sum = 0;
        for (int v = y - Reach; v <= y + Reach; v++)
            for (int u = x - Reach; u <= x + Reach; u++)
                sum += MovingDisc.Alpha(160, 120, i, Math.Clamp(u, 0, 159), Math.Clamp(v, 0, 119));
        return sum / ((2 * Reach) + 1) / ((2 * Reach) + 1);
    });
}
