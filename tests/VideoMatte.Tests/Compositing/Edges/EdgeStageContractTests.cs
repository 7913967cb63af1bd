#pragma warning disable MA0048 // one contract, every stage of the folder
using VideoMatte.Compositing.Edges;
using VideoMatte.Frames;
using VideoMatte.Testing;

namespace VideoMatte.Tests.Compositing.Edges;

public sealed class EdgeStageContractTests : MattedStageContract
{
    protected override IFrameStage<MattedFrame, MattedFrame> CreateStage(IFramePool pool) => EdgeStage.Create(
        new EdgeSettings { Levels = new MatteLevels(0.1, 0.9), Grow = 1.5, Feather = 2, Despeckle = 3 }, pool)!;
}

public sealed class GarbageMatteStageContractTests : MattedStageContract
{
    protected override IFrameStage<MattedFrame, MattedFrame> CreateStage(IFramePool pool) =>
        new GarbageMatteStage(EdgeStageTests.Steady(pool, Format.Width, Format.Height, 1), EdgeStageTests.Steady(pool, Format.Width, Format.Height, 2));
}

public sealed class SourceAlphaStageContractTests : MattedStageContract
{
    protected override IFrameStage<MattedFrame, MattedFrame> CreateStage(IFramePool pool) =>
        new SourceAlphaStage(EdgeStageTests.Steady(pool, Format.Width, Format.Height, 1));
}
