using VideoMatte.Frames;
using VideoMatte.Pipelines;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Pipelines;

/// <summary>A line of fakes: reader, a stage before, the model, a stage after, writer, all from one checking pool. What is not set is whole.</summary>
internal sealed class PipelineFixture : IDisposable
{
    public static readonly FrameFormat SmallFormat = new(16, 12, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited);

    public PipelineFixture(long frames = 12)
    {
        Frames = frames;
        Reader = new FakeFrameReader(Pool, SmallFormat, frames);
        Model = new FakeMattingModel(Pool, latency: 1);
    }

    public CheckingFramePool Pool { get; } = new();

    public long Frames { get; }

    public FakeFrameReader Reader { get; set; }

    public FakeStage<VideoFrame> Before { get; set; } = new("shots", latency: 1);

    public FakeMattingModel Model { get; set; }

    public FakeStage<MattedFrame> After { get; set; } = new("smoothing", latency: 2);

    public FakeFrameWriter Writer { get; set; } = new();

    public PipelineOptions Options { get; set; } = new() { ExtraPictures = 0 };

    public IProgress<PipelineProgress>? Progress { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public CancellationTokenSource Asked { get; } = new();

    public Task<PipelineResult> RunAsync() =>
        new MattingPipeline(Time).RunAsync(Reader, [Before], Model, [After], Writer, Options, Progress, Asked.Token);

    /// <summary>Whatever happened: all is disposed once, nothing is lent, and there is output only after a commit.</summary>
    public void VerifyEnded(bool committed)
    {
        Assert.Equal([1, 1, 1, 1, 1], [Reader.Disposals, Before.Disposals, Model.Disposals, After.Disposals, Writer.Disposals]);
        Assert.Equal(0, Pool.OutstandingBytes);
        Pool.Verify();
        Assert.Equal(committed, Writer.Committed);
        Assert.Equal(!committed, Writer.Aborted);
    }

    public async Task<MatteException> FailAsync()
    {
        MatteException error = await Assert.ThrowsAsync<MatteException>(RunAsync);
        VerifyEnded(committed: false);
        return error;
    }

    public void Dispose() => Asked.Dispose();
}
