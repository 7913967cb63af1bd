using VideoMatte.Frames;
using VideoMatte.Pipelines;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Pipelines;

/// <summary>A stop asked for at every point of a run: never a failure, nothing left behind.</summary>
public sealed class MattingPipelineCancellationTests
{
    private const int TimeoutMs = 30_000;

    [Fact(Timeout = TimeoutMs)]
    public async Task Cancelled_BeforeTheStart_ReadsNothing()
    {
        using PipelineFixture line = new();
        await line.Asked.CancelAsync();
        await StoppedAsync(line);
        Assert.Equal(0, line.Reader.FramesRead);
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(12)]
    public async Task Cancelled_InARead_Stops(long at)
    {
        using PipelineFixture line = new();
        line.Reader = new FakeFrameReader(line.Pool, PipelineFixture.SmallFormat, 12)
        {
            OnRead = async (index, _) => await (index == at ? line.Asked.CancelAsync() : Task.CompletedTask),
        };
        await StoppedAsync(line);
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData("shots", 0)]
    [InlineData("shots", 11)]
    [InlineData("matting", 0)]
    [InlineData("matting", 11)]
    [InlineData("smoothing", 0)]
    [InlineData("smoothing", 11)]
    public async Task Cancelled_InProcess_Stops(string stage, long at)
    {
        using PipelineFixture line = new();
        Hook(line, stage, frame => CancelAt(line, frame, at), () => { });
        await StoppedAsync(line);
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData("shots")]
    [InlineData("matting")]
    [InlineData("smoothing")]
    public async Task Cancelled_InFlush_Stops(string stage)
    {
        using PipelineFixture line = new();
        Hook(line, stage, _ => { }, line.Asked.Cancel);
        await StoppedAsync(line);
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData(0)]
    [InlineData(11)]
    public async Task Cancelled_InAWrite_Stops(long at)
    {
        using PipelineFixture line = new();
        line.Writer = new FakeFrameWriter { OnWrite = async (index, _) => await (index == at ? line.Asked.CancelAsync() : Task.CompletedTask) };
        await StoppedAsync(line);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Cancelled_InTheCommit_Stops()
    {
        using PipelineFixture line = new();
        line.Writer = new FakeFrameWriter
        {
            OnCommit = async stop =>
            {
                await line.Asked.CancelAsync();
                stop.ThrowIfCancellationRequested();
            },
        };
        await StoppedAsync(line);
    }

    /// <summary>What has its name is not taken back.</summary>
    [Fact(Timeout = TimeoutMs)]
    public async Task Cancelled_TooLateForTheCommit_IsDone()
    {
        using PipelineFixture line = new();
        line.Writer = new FakeFrameWriter { OnCommit = async _ => await line.Asked.CancelAsync() };
        PipelineResult result = await line.RunAsync();
        line.VerifyEnded(committed: true);
        Assert.Equal(12, result.FramesOut);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Cancelled_WhileEveryoneWaits_Stops()
    {
        using PipelineFixture line = new();
        TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        line.Writer = new FakeFrameWriter
        {
            OnWrite = async (_, stop) =>
            {
                waiting.TrySetResult();
                await Task.Delay(Timeout.Infinite, stop);
            },
        };
        Task<PipelineResult> run = line.RunAsync();
        await waiting.Task;
        await line.Asked.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        line.VerifyEnded(committed: false);
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData("reader")]
    [InlineData("writer")]
    [InlineData("matting")]
    public async Task Fault_AfterAStopWasAskedFor_IsCancellation(string where)
    {
        using PipelineFixture line = new();
        line.Reader = new FakeFrameReader(line.Pool, PipelineFixture.SmallFormat, 12)
        {
            OnRead = async (index, _) => await (where == "reader" && index == 4 ? line.Asked.CancelAsync() : Task.CompletedTask),
            FaultAt = where == "reader" ? 4 : null,
        };
        line.Model = new FakeMattingModel(line.Pool)
        {
            OnProcess = frame => CancelAt(line, frame, where == "matting" ? 4 : -1),
            FaultOnProcess = where == "matting" ? 4 : null,
        };
        line.Writer = new FakeFrameWriter
        {
            OnWrite = async (index, _) => await (where == "writer" && index == 4 ? line.Asked.CancelAsync() : Task.CompletedTask),
            FaultOnWrite = where == "writer" ? 4 : null,
        };
        await StoppedAsync(line);
    }

    /// <summary>Ctrl-C reaches the child processes, too, and one may die of it before we are told.</summary>
    [Fact(Timeout = TimeoutMs)]
    public async Task ReaderDies_JustBeforeTheStopIsAskedFor_IsCancellation()
    {
        using PipelineFixture line = new();
        using SemaphoreSlim writing = new(0);
        line.Reader = new FakeFrameReader(line.Pool, PipelineFixture.SmallFormat, 12)
        {
            FaultAt = 6,
            OnRead = async (index, stop) => await (index == 6 ? writing.WaitAsync(stop) : Task.CompletedTask),
        };
        line.Writer = AskingOnceStopped(line, writing);
        await StoppedAsync(line);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task StageFails_JustBeforeTheStopIsAskedFor_IsStillItsFailure()
    {
        using PipelineFixture line = new();
        using SemaphoreSlim writing = new(0);
        line.Model = new FakeMattingModel(line.Pool)
        {
            FaultOnProcess = 4,
            OnProcess = frame =>
            {
                if (frame.Time.Index == 4)
                    writing.Wait(CancellationToken.None);
            },
        };
        line.Writer = AskingOnceStopped(line, writing);
        MatteException error = await line.FailAsync();
        Assert.Equal("matting", error.Stage);
        Assert.True(line.Asked.IsCancellationRequested);
    }

    /// <summary>Tells that it is writing, waits until the run stops, and only then asks for a stop.</summary>
    private static FakeFrameWriter AskingOnceStopped(PipelineFixture line, SemaphoreSlim writing) => new()
    {
        OnWrite = async (_, stop) =>
        {
            writing.Release();
            TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using CancellationTokenRegistration registration = stop.Register(stopped.SetResult);
            await stopped.Task;
            await line.Asked.CancelAsync();
        },
    };

    private static async Task StoppedAsync(PipelineFixture line)
    {
        OperationCanceledException stop = await Assert.ThrowsAnyAsync<OperationCanceledException>(line.RunAsync);
        Assert.Equal(line.Asked.Token, stop.CancellationToken);
        line.VerifyEnded(committed: false);
    }

    private static void CancelAt(PipelineFixture line, IFrameCarrier frame, long at)
    {
        if (frame.Time.Index == at)
            line.Asked.Cancel();
    }

    private static void Hook(PipelineFixture line, string stage, Action<IFrameCarrier> onProcess, Action onFlush)
    {
        switch (stage)
        {
            case "shots":
                line.Before = new FakeStage<VideoFrame>(stage, 1) { OnProcess = onProcess, OnFlush = onFlush };
                break;
            case "matting":
                line.Model = new FakeMattingModel(line.Pool, 1) { OnProcess = onProcess, OnFlush = onFlush };
                break;
            default:
                line.After = new FakeStage<MattedFrame>(stage, 1) { OnProcess = onProcess, OnFlush = onFlush };
                break;
        }
    }
}
