using VideoMatte.Frames;
using VideoMatte.Pipelines;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Pipelines;

public sealed class MattingPipelineTests
{
    private const int TimeoutMs = 30_000;

    [Fact(Timeout = TimeoutMs)]
    public async Task Run_AWholeClip_WritesEveryFrameOnceInOrderWithItsTime()
    {
        using PipelineFixture line = new(frames: 50) { Writer = new FakeFrameWriter { Hashing = true } };
        PipelineResult result = await line.RunAsync();
        line.VerifyEnded(committed: true);
        Assert.Equal((50, 50), (result.FramesIn, result.FramesOut));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => FakeFrameReader.TimeOf(i)), line.Writer.Times);
        using CheckingFramePool pool = new();
        for (int i = 0; i < 50; i++)
        {
            using MattedFrame expected = MovingDisc.Matted(pool, PipelineFixture.SmallFormat, FakeFrameReader.TimeOf(i));
            Assert.Equal(FakeFrameWriter.HashOf(expected), line.Writer.Hashes[i]);
        }
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Run_AWholeClip_ReportsStagesShotsFilesAndBound()
    {
        using PipelineFixture line = new(frames: 12);
        PipelineResult result = await line.RunAsync();
        Assert.Equal(["reader", "shots", "matting", "smoothing", "writer"], result.Stages.Select(s => s.Name));
        Assert.All(result.Stages, s => Assert.Equal(12, s.Frames));
        Assert.All(result.Stages, s => Assert.InRange(s.Busy, 0, 1));
        Assert.Contains(result.Stages, s => s.Busy > 0);
        Assert.Equal([Shot(0, PipelineShot.First)], result.Shots);
        Assert.Equal("fake.mov", Assert.Single(result.Files).Path);
        Assert.Equal(MemoryBound.Compute(PipelineFixture.SmallFormat, 2, [1, 1, 2], 0), result.MemoryBoundBytes);
        Assert.InRange(line.Pool.PeakBytes, 1, result.MemoryBoundBytes);
        Assert.True(result.Seconds > 0);
        Assert.Empty(result.Warnings);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Run_Warnings_ComeFromReaderModelAndFiles()
    {
        using PipelineFixture line = new();
        line.Reader = new FakeFrameReader(line.Pool, PipelineFixture.SmallFormat, 5) { Truncated = true };
        line.Model = new FakeMattingModel(line.Pool) { Warnings = [new MatteWarning("matte-empty", "nobody found", 3)] };
        line.Writer = new FakeFrameWriter { FileWarnings = [new MatteWarning("track-dropped", "no subtitles")] };
        PipelineResult result = await line.RunAsync();
        Assert.Equal(["source-truncated", "matte-empty", "track-dropped"], result.Warnings.Select(w => w.Code));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Run_Shots_FlushAndResetEveryStageBeforeTheirFirstFrame()
    {
        using PipelineFixture line = new();
        line.Reader = new FakeFrameReader(line.Pool, PipelineFixture.SmallFormat, 6) { ShotStarts = new HashSet<long> { 0, 4 } };
        PipelineResult result = await line.RunAsync();
        line.VerifyEnded(committed: true);
        string[] expected =
        [
            "flush", "reset", "process 0", "process 1", "process 2", "process 3", "flush", "reset", "process 4", "process 5", "flush",
        ];
        Assert.Equal(expected, line.Before.Calls);
        Assert.Equal(expected, line.Model.Calls);
        Assert.Equal(expected, line.After.Calls);
        Assert.Equal([Shot(0, PipelineShot.First), Shot(4, PipelineShot.Cut)], result.Shots);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Run_EveryStage_HasOneThreadOfItsOwn()
    {
        using PipelineFixture line = new(frames: 40);
        await line.RunAsync();
        int[] threads = [Assert.Single(line.Before.Threads), Assert.Single(line.Model.Threads), Assert.Single(line.After.Threads)];
        Assert.Equal(3, threads.Distinct().Count());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Run_NoStages_Works()
    {
        using CheckingFramePool pool = new();
        FakeFrameWriter writer = new();
        PipelineResult result = await new MattingPipeline(TimeProvider.System).RunAsync(
            new FakeFrameReader(pool, PipelineFixture.SmallFormat, 3),
            [],
            new FakeMattingModel(pool),
            [],
            writer,
            new PipelineOptions(),
            progress: null,
            CancellationToken.None);
        Assert.Equal(["reader", "matting", "writer"], result.Stages.Select(s => s.Name));
        Assert.Equal(3, writer.Times.Count);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Run_SlowWriter_HoldsTheReaderBack()
    {
        const int Frames = 60;
        long ahead = 0;
        using PipelineFixture line = new(Frames);
        FakeFrameReader reader = line.Reader;
        line.Writer = new FakeFrameWriter
        {
            OnWrite = async (index, stop) =>
            {
                await Task.Delay(2, stop);
                ahead = Math.Max(ahead, reader.FramesRead - index);
            },
        };
        PipelineResult result = await line.RunAsync();
        line.VerifyEnded(committed: true);
        long most = MemoryBound.Frames(line.Options.QueueCapacity, [1, 1, 2]);
        Assert.InRange(ahead, line.Options.QueueCapacity, most);
        Assert.InRange(line.Pool.PeakBytes, 1, result.MemoryBoundBytes);
        Assert.True(result.Stages[^1].Busy > 0.5, "the writer was the slowest and must show as busy");
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Run_SlowReader_LeavesTheOthersIdle()
    {
        using PipelineFixture line = new();
        line.Reader = new FakeFrameReader(line.Pool, PipelineFixture.SmallFormat, 40)
        {
            OnRead = async (_, stop) => await Task.Delay(3, stop),
        };
        PipelineResult result = await line.RunAsync();
        Assert.True(result.Stages[0].Busy > 0.5, "the reader was the slowest and must show as busy");
        Assert.True(result.Stages[^1].Busy < result.Stages[0].Busy);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Run_TooLittleMemory_IsRefusedBeforeTheFirstFrame()
    {
        using PipelineFixture line = new();
        long need = MemoryBound.Compute(PipelineFixture.SmallFormat, 2, [1, 1, 2], 0);
        line.Options = new PipelineOptions { ExtraPictures = 0, MemoryLimitBytes = need - 1 };
        MatteException error = await line.FailAsync();
        Assert.Equal((ErrorKind.Input, "memory"), (error.Kind, error.Code));
        Assert.Equal(0, line.Reader.FramesRead);
    }

    /// <summary>The network's and a background's memory counts like the frames'.</summary>
    [Fact(Timeout = TimeoutMs)]
    public async Task Run_OtherBytes_AreInTheBoundAndInTheRefusal()
    {
        const long others = 12_345_678;
        using PipelineFixture line = new();
        long need = MemoryBound.Compute(PipelineFixture.SmallFormat, 2, [1, 1, 2], 0) + others;
        line.Options = new PipelineOptions { ExtraPictures = 0, OtherBytes = others, MemoryLimitBytes = need };
        Assert.Equal(need, (await line.RunAsync()).MemoryBoundBytes);
        using PipelineFixture tight = new() { Options = new PipelineOptions { ExtraPictures = 0, OtherBytes = others, MemoryLimitBytes = need - 1 } };
        Assert.Equal("memory", (await tight.FailAsync()).Code);
    }

    [Fact]
    public async Task Run_BadArguments_ThrowBeforeAnythingIsTaken()
    {
        using PipelineFixture line = new();
        line.Options = new PipelineOptions { QueueCapacity = 0 };
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(line.RunAsync);
        Assert.Equal(0, line.Reader.Disposals);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Run_AStageThatCannotBeDisposed_IsAWarningOnceTheOutputIsWhole()
    {
        using PipelineFixture line = new() { After = new FakeStage<MattedFrame>("smoothing") { FaultOnDispose = true } };
        PipelineResult result = await line.RunAsync();
        line.VerifyEnded(committed: true);
        Assert.Equal("cleanup-failed", Assert.Single(result.Warnings).Code);
    }

    private static PipelineShot Shot(long start, string kind) => new(start, kind) { Time = FakeFrameReader.TimeOf(start).PresentationTime };
}
