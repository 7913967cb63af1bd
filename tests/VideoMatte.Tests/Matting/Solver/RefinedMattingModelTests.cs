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
        using var model = new RefinedMattingModel(BlurredDisc.Model(pool), new ClosedFormSolver(), 4);
        using DrawnMattingModel plain = BlurredDisc.Model(pool);
        double coarse = BlurredDisc.Error(pool, plain), refined = BlurredDisc.Error(pool, model);
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
}
