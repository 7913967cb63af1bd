using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Pipelines;

/// <summary>Every place a run can fail in: who is blamed, on which frame, and what is left behind (nothing).</summary>
public sealed class MattingPipelineFaultTests
{
    private const int TimeoutMs = 30_000;

    [Fact(Timeout = TimeoutMs)]
    public async Task Reader_FailsWhenLookedAt_IsBlamed()
    {
        using PipelineFixture line = new();
        line.Reader = new FakeFrameReader(line.Pool, PipelineFixture.SmallFormat, 5)
        {
            FaultAtOpen = new MatteException(ErrorKind.Input, "input-missing", "there is no such file"),
        };
        MatteException error = await line.FailAsync();
        Assert.Equal(("reader", "input-missing"), (error.Stage, error.Code));
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(12)]
    public async Task Reader_Fails_IsBlamedWithTheFrameDue(long at)
    {
        using PipelineFixture line = new();
        line.Reader = new FakeFrameReader(line.Pool, PipelineFixture.SmallFormat, 12) { FaultAt = at };
        MatteException error = await line.FailAsync();
        Assert.Equal(("reader", at, ErrorKind.Input, "decoder-failed"), (error.Stage, error.FrameIndex, error.Kind, error.Code));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Reader_WithoutFrames_IsAnInputError()
    {
        using PipelineFixture line = new(frames: 0);
        MatteException error = await line.FailAsync();
        Assert.Equal(("reader", ErrorKind.Input, "no-frames"), (error.Stage, error.Kind, error.Code));
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData("shots")]
    [InlineData("matting")]
    [InlineData("smoothing")]
    public async Task Stage_FailsInProcess_IsBlamedWithTheFrame(string stage)
    {
        using PipelineFixture line = new();
        Fault(line, stage, process: 5);
        MatteException error = await line.FailAsync();
        Assert.Equal((stage, 5, ErrorKind.Defect, "defect"), (error.Stage, error.FrameIndex, error.Kind, error.Code));
        Assert.Contains("the stage broke", error.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(error.InnerException);
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData("shots")]
    [InlineData("matting")]
    [InlineData("smoothing")]
    public async Task Stage_FailsInFlushAtTheEnd_IsBlamedWithoutFrame(string stage)
    {
        using PipelineFixture line = new();
        Fault(line, stage, flush: true);
        MatteException error = await line.FailAsync();
        Assert.Equal((stage, null), (error.Stage, error.FrameIndex));
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData("shots")]
    [InlineData("matting")]
    [InlineData("smoothing")]
    public async Task Stage_FailsInResetAtACut_IsBlamedWithTheFrame(string stage)
    {
        using PipelineFixture line = new();
        line.Reader = new FakeFrameReader(line.Pool, PipelineFixture.SmallFormat, 12) { ShotStarts = new HashSet<long> { 6 } };
        Fault(line, stage, reset: true);
        MatteException error = await line.FailAsync();
        Assert.Equal((stage, 6), (error.Stage, error.FrameIndex));
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData("shots")]
    [InlineData("matting")]
    [InlineData("smoothing")]
    public async Task Stage_EndsEarly_IsBlamed(string stage)
    {
        using PipelineFixture line = new();
        Fault(line, stage, loses: 1);
        MatteException error = await line.FailAsync();
        Assert.Equal((stage, ErrorKind.Defect), (error.Stage, error.Kind));
        Assert.Contains("took 12 frames and gave 11", error.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Stage_HoldsFramesAcrossACut_IsBlamed()
    {
        using PipelineFixture line = new() { After = new FakeStage<MattedFrame>("smoothing", 2) { Loses = 1 } };
        line.Reader = new FakeFrameReader(line.Pool, PipelineFixture.SmallFormat, 12) { ShotStarts = new HashSet<long> { 6 } };
        MatteException error = await line.FailAsync();
        Assert.Equal(("smoothing", 6), (error.Stage, error.FrameIndex));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Stage_HoldsMoreThanItSaid_IsBlamed()
    {
        using PipelineFixture line = new() { After = new FakeStage<MattedFrame>("smoothing", 1) { HoldsTooMuch = true } };
        MatteException error = await line.FailAsync();
        Assert.Equal(("smoothing", 1), (error.Stage, error.FrameIndex));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Stage_ChangesTheOrder_IsBlamed()
    {
        using PipelineFixture line = new() { Before = new FakeStage<VideoFrame>("shots", 1) { SwapsFrames = true } };
        MatteException error = await line.FailAsync();
        Assert.Equal("shots", error.Stage);
        Assert.Contains("gave frame 1 where 0 was due", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A cancellation nobody asked for, such as a time-out of the stage's own, is its failure.</summary>
    [Fact(Timeout = TimeoutMs)]
    public async Task Stage_CancelsByItself_IsAFailure()
    {
        using PipelineFixture line = new()
        {
            After = new FakeStage<MattedFrame>("smoothing") { FaultOnProcess = 3, Fault = () => new TaskCanceledException("its own time-out") },
        };
        MatteException error = await line.FailAsync();
        Assert.Equal(("smoothing", 3), (error.Stage, error.FrameIndex));
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData(0)]
    [InlineData(11)]
    public async Task Writer_FailsOnWrite_IsBlamedWithTheFrame(long at)
    {
        using PipelineFixture line = new() { Writer = new FakeFrameWriter { FaultOnWrite = at } };
        MatteException error = await line.FailAsync();
        Assert.Equal(("writer", at, ErrorKind.Output, "encoder-failed"), (error.Stage, error.FrameIndex, error.Kind, error.Code));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Writer_FailsOnCommit_IsBlamedWithoutFrame()
    {
        using PipelineFixture line = new() { Writer = new FakeFrameWriter { FaultOnCommit = true } };
        MatteException error = await line.FailAsync();
        Assert.Equal(("writer", null, ErrorKind.Output), (error.Stage, error.FrameIndex, error.Kind));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Writer_FailsOnAbortToo_TheFirstErrorStands()
    {
        using PipelineFixture line = new() { Writer = new FakeFrameWriter { FaultOnAbort = true } };
        Fault(line, "matting", process: 4);
        MatteException error = await line.FailAsync();
        Assert.Equal(("matting", 4), (error.Stage, error.FrameIndex));
        Assert.Contains("the temporary file could not be removed", error.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Two_FailOneAfterTheOther_TheFirstOwnsTheError()
    {
        using PipelineFixture line = new()
        {
            Writer = new FakeFrameWriter { FaultOnWrite = 2, OnWrite = async (i, stop) => await (i == 2 ? StoppedAsync(stop) : Task.CompletedTask) },
        };
        line.Model = new FakeMattingModel(line.Pool, 1)
        {
            FaultOnProcess = 5,
            Fault = () => new MatteException(ErrorKind.Model, "model-failed", "the network broke"),
        };
        MatteException error = await line.FailAsync();
        Assert.Equal(("matting", 5, "model-failed"), (error.Stage, error.FrameIndex, error.Code));
    }

    /// <summary>Ends, without an error, when the token is cancelled.</summary>
    private static async Task StoppedAsync(CancellationToken stop)
    {
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = stop.Register(stopped.SetResult);
        await stopped.Task;
    }

    private static void Fault(PipelineFixture line, string stage, long? process = null, bool flush = false, bool reset = false, int loses = 0)
    {
        switch (stage)
        {
            case "shots":
                line.Before = new FakeStage<VideoFrame>(stage, 1) { FaultOnProcess = process, FaultOnFlush = flush, FaultOnReset = reset, Loses = loses };
                break;
            case "matting":
                line.Model = new FakeMattingModel(line.Pool, 1) { FaultOnProcess = process, FaultOnFlush = flush, FaultOnReset = reset, Loses = loses };
                break;
            default:
                line.After = new FakeStage<MattedFrame>(stage, 1) { FaultOnProcess = process, FaultOnFlush = flush, FaultOnReset = reset, Loses = loses };
                break;
        }
    }
}
