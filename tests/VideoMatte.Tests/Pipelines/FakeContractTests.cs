#pragma warning disable MA0048 // the fakes against every contract they claim to keep, side by side
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;

namespace VideoMatte.Tests.Pipelines;

public sealed class FakeFrameReaderContractTests : FrameReaderContract
{
    protected override int ExpectedFrames => 9;

    protected override Task<IFrameReader> OpenAsync(IFramePool pool) =>
        Task.FromResult<IFrameReader>(new FakeFrameReader(pool, PipelineFixture.SmallFormat, ExpectedFrames));
}

public sealed class FakeFrameWriterContractTests : FrameWriterContract
{
    protected override FrameFormat Format => PipelineFixture.SmallFormat;

    protected override Task<IFrameWriter> OpenAsync(IFramePool pool) => Task.FromResult<IFrameWriter>(new FakeFrameWriter());

    protected override bool OutputExists(IFrameWriter writer) => ((FakeFrameWriter)writer).Committed;

    protected override bool LeftoversExist(IFrameWriter writer) => writer is FakeFrameWriter { Committed: false, Aborted: false };
}

public sealed class FakeStageContractTests : MattedStageContract
{
    protected override IFrameStage<MattedFrame, MattedFrame> CreateStage(IFramePool pool) => new FakeStage<MattedFrame>("fake", latency: 3);
}

public sealed class FakeMattingModelContractTests : MattingModelContract
{
    protected override IFrameStage<VideoFrame, MattedFrame> CreateStage(IFramePool pool) => new FakeMattingModel(pool, latency: 2);
}
