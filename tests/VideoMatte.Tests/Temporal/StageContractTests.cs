#pragma warning disable MA0048 // one contract, every in-place stage of two rooms
using System.Security.Cryptography;
using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Temporal;
using VideoMatte.Temporal.Smoothing;
using VideoMatte.Testing;
using VideoMatte.Tests.Compositing;

namespace VideoMatte.Tests.Temporal;

public sealed class ShotStageContractTests : FrameStageContract<VideoFrame, VideoFrame>
{
    protected override IFrameStage<VideoFrame, VideoFrame> CreateStage(IFramePool pool) => new ShotStage();

    protected override VideoFrame CreateInput(IFramePool pool, long index) =>
        MovingDisc.Picture(pool, Drawn.Yuv420(61, 43), Drawn.At(index));

    protected override string Fingerprint(VideoFrame frame) => Convert.ToHexString(SHA256.HashData(frame.Bytes)) + frame.StartsShot;
}

public sealed class ShotListStageContractTests : FrameStageContract<VideoFrame, VideoFrame>
{
    protected override IFrameStage<VideoFrame, VideoFrame> CreateStage(IFramePool pool) => new ShotListStage([new(3, null), new(103, null)], Rational.Zero, null);

    protected override VideoFrame CreateInput(IFramePool pool, long index) =>
        MovingDisc.Picture(pool, Drawn.Yuv420(61, 43), Drawn.At(index));

    protected override string Fingerprint(VideoFrame frame) => Convert.ToHexString(SHA256.HashData(frame.Bytes)) + frame.StartsShot;
}

/// <summary>For stages over matted frames.</summary>
public abstract class MattedStageContract : FrameStageContract<MattedFrame, MattedFrame>
{
    protected override MattedFrame CreateInput(IFramePool pool, long index) =>
        MovingDisc.Matted(pool, Drawn.Yuv420(61, 43, 10), Drawn.At(index));

    protected override string Fingerprint(MattedFrame frame) => string.Join(' ',
        Convert.ToHexString(SHA256.HashData(frame.Picture.Bytes)),
        Convert.ToHexString(SHA256.HashData(frame.Alpha.Memory.Span)),
        frame.Foreground is null ? "-" : Convert.ToHexString(SHA256.HashData(frame.Foreground.Bytes)),
        frame.Rendered is null ? "-" : Convert.ToHexString(SHA256.HashData(frame.Rendered.Bytes)));
}

public sealed class AverageSmootherContractTests : MattedStageContract
{
    protected override IFrameStage<MattedFrame, MattedFrame> CreateStage(IFramePool pool) => AverageSmoother.Create(0.5)!;
}

public sealed class FlowSmootherContractTests : MattedStageContract
{
    protected override IFrameStage<MattedFrame, MattedFrame> CreateStage(IFramePool pool) => FlowSmoother.Create(FlowSmoothingOptions.Recurrent)!;
}

public sealed class LiveFlowSmootherContractTests : MattedStageContract
{
    protected override IFrameStage<MattedFrame, MattedFrame> CreateStage(IFramePool pool) =>
        FlowSmoother.Create(FlowSmoothingOptions.Still with { Ahead = 0 })!;
}

public sealed class ForegroundStageContractTests : MattedStageContract
{
    protected override IFrameStage<MattedFrame, MattedFrame> CreateStage(IFramePool pool) => new ForegroundStage(pool);
}

public sealed class PremultiplyStageContractTests : MattedStageContract
{
    protected override IFrameStage<MattedFrame, MattedFrame> CreateStage(IFramePool pool) => new PremultiplyStage(pool);
}

public sealed class CompositeStageContractTests : MattedStageContract
{
    protected override IFrameStage<MattedFrame, MattedFrame> CreateStage(IFramePool pool) =>
        new CompositeStage(new BlurBackground(4, pool), pool);
}

public sealed class EstimateStageContractTests : MattedStageContract
{
    protected override IFrameStage<MattedFrame, MattedFrame> CreateStage(IFramePool pool) => new EstimateStage(pool);
}

public sealed class DespillStageContractTests : MattedStageContract
{
    protected override IFrameStage<MattedFrame, MattedFrame> CreateStage(IFramePool pool) => new DespillStage(DespillOptions.Auto, pool);
}
