using VideoMatte.Frames;
using VideoMatte.Pipelines;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Pipelines;

[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    private const long Frames = 2000;
    private const long Settled = 200;

    /// <summary>What the engine may leave to the collector for each frame: carriers, queue waits and continuations, never samples.</summary>
    private const double MostBytesPerFrame = 10_000;

    [Fact(Timeout = 60_000)]
    public async Task Pipeline_OnceSettled_AllocatesLittlePerFrame()
    {
        FramePool pool = new();
        long before = 0, after = 0;
        using VideoFrame still = MovingDisc.Picture(pool, PipelineFixture.SmallFormat, FakeFrameReader.TimeOf(0));
        FakeFrameWriter writer = new()
        {
            OnWrite = (index, _) =>
            {
                if (index == Settled)
                    before = GC.GetTotalAllocatedBytes();
                if (index == Frames - 1)
                    after = GC.GetTotalAllocatedBytes();
                return ValueTask.CompletedTask;
            },
        };
        await new MattingPipeline(TimeProvider.System).RunAsync(
            new FakeFrameReader(pool, PipelineFixture.SmallFormat, Frames) { Still = still },
            [new FakeStage<VideoFrame>("shots")],
            new FakeMattingModel(pool) { Undrawn = true },
            [new FakeStage<MattedFrame>("smoothing", 2), new FakeStage<MattedFrame>("foreground")],
            writer,
            new PipelineOptions(),
            progress: null,
            CancellationToken.None);
        Assert.InRange((after - before) / (double)(Frames - Settled), 1, MostBytesPerFrame);
        Assert.Equal(still.Format.ByteCount, pool.OutstandingBytes);
    }
}
