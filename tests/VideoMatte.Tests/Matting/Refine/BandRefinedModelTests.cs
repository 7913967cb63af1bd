using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Matting.Refine;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Matting.Refine;

public sealed class BandRefinedModelTests : MattingModelContract
{
    /// <summary>The matte is blurred over 7 pixels to each side and the windows reach 4: one pass takes off a good quarter, a model's own blur is less.</summary>
    [Fact]
    public void Process_ABlurredMatte_IsBroughtNearerThePicturesEdge()
    {
        using CheckingFramePool pool = new();
        using var model = new BandRefinedModel(BlurredDisc.Model(pool));
        using DrawnMattingModel plain = BlurredDisc.Model(pool);
        double coarse = BlurredDisc.Error(pool, plain), refined = BlurredDisc.Error(pool, model);
        Assert.True(refined < .75 * coarse, $"{refined} against {coarse}");
    }

    /// <summary>Where the matte is sure for farther than the band and its rim reach, its codes stay, 1 and 65534 too.</summary>
    [Fact]
    public void Process_FarFromTheEdge_TheMatteKeepsItsCodes()
    {
        using CheckingFramePool pool = new();
        double Draw(long index, int x, int y) => x < 80 ? 1 + (x % 7) : 65534 - (y % 5);
        using var model = new BandRefinedModel(new DrawnMattingModel(pool, Draw));
        using MattedFrame frame = Matte(model, pool, 0);
        for (int y = 0; y < frame.Alpha.Height; y++)
            for (int x = 0; x < frame.Alpha.Width; x++)
                if (Math.Abs(x - 79.5) > 8)
                    Assert.Equal(Draw(0, x, y), frame.Alpha.Row(y)[x]);
    }

    /// <summary>What a window saw in the frame before has its say in the next, and none behind a cut.</summary>
    [Fact]
    public void Reset_AtACut_NothingOfTheFrameBeforeIsLeft()
    {
        using CheckingFramePool pool = new();
        ushort[] alone = SecondOf(pool, before: null, resets: false), carried = SecondOf(pool, before: 0, resets: false), cut = SecondOf(pool, before: 0, resets: true);
        Assert.Equal(alone, cut);
        Assert.NotEqual(alone, carried);
    }

    protected override IFrameStage<VideoFrame, MattedFrame> CreateStage(IFramePool pool) => new BandRefinedModel(new FakeMattingModel(pool));

    private static ushort[] SecondOf(CheckingFramePool pool, long? before, bool resets)
    {
        using var model = new BandRefinedModel(BlurredDisc.Model(pool));
        if (before is { } index)
            Matte(model, pool, index).Dispose();
        if (resets)
            model.Reset();
        using MattedFrame frame = Matte(model, pool, 9);
        return frame.Alpha.Samples.ToArray();
    }

    private static MattedFrame Matte(BandRefinedModel model, IFramePool pool, long index)
    {
        Queue<MattedFrame> ready = new();
        model.Process(MovingDisc.Picture(pool, BlurredDisc.Format, Compositing.Drawn.At(index)), ready);
        return ready.Dequeue();
    }
}
