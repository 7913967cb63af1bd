using VideoMatte.Frames;
using VideoMatte.Media;
using Xunit;

namespace VideoMatte.Testing;

/// <summary>What every <see cref="IFrameWriter"/> keeps. Derive, and say how one is opened and how its output is looked for.</summary>
public abstract class FrameWriterContract
{
    private const int TimeoutMs = 120_000;
    private const int FrameCount = 5;

    /// <summary>Of the frames the writer is opened for.</summary>
    protected abstract FrameFormat Format { get; }

    /// <summary>A fresh writer of one new output.</summary>
    protected abstract Task<IFrameWriter> OpenAsync(IFramePool pool);

    /// <summary>True where the output of the writer opened last is there under its final name.</summary>
    protected abstract bool OutputExists(IFrameWriter writer);

    /// <summary>True where temporary files of the writer opened last are still there.</summary>
    protected abstract bool LeftoversExist(IFrameWriter writer);

    [Fact(Timeout = TimeoutMs)]
    public async Task Commit_AfterFrames_NamesWholeFiles()
    {
        using CheckingFramePool pool = new();
        await using IFrameWriter writer = await OpenAsync(pool);
        for (int i = 0; i < FrameCount; i++)
        {
            Assert.Equal(i, writer.FramesWritten);
            await writer.WriteAsync(Frame(pool, i), CancellationToken.None);
            Assert.False(OutputExists(writer), "output under its final name before the commit");
        }

        IReadOnlyList<WrittenFile> files = await writer.CommitAsync(CancellationToken.None);
        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.Equal(FrameCount, f.Frames));
        Assert.All(files, f => Assert.True(f.Bytes > 0, f.Path + " is empty"));
        await writer.DisposeAsync();
        Assert.True(OutputExists(writer));
        Assert.False(LeftoversExist(writer));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Write_Cancelled_ThrowsAndTakesTheFrame()
    {
        using CheckingFramePool pool = new();
        await using IFrameWriter writer = await OpenAsync(pool);
        await writer.WriteAsync(Frame(pool, 0), CancellationToken.None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await writer.WriteAsync(Frame(pool, 1), new CancellationToken(canceled: true)));
        await writer.AbortAsync();
        Assert.Equal(0, pool.OutstandingBytes);
        Assert.False(OutputExists(writer));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Write_AfterAbort_ThrowsAndTakesTheFrame()
    {
        using CheckingFramePool pool = new();
        await using IFrameWriter writer = await OpenAsync(pool);
        await writer.WriteAsync(Frame(pool, 0), CancellationToken.None);
        await writer.AbortAsync();
        await Assert.ThrowsAnyAsync<Exception>(async () => await writer.WriteAsync(Frame(pool, 1), CancellationToken.None));
        Assert.Equal(0, pool.OutstandingBytes);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Abort_Midway_LeavesNothing()
    {
        using CheckingFramePool pool = new();
        await using IFrameWriter writer = await OpenAsync(pool);
        await writer.WriteAsync(Frame(pool, 0), CancellationToken.None);
        await writer.WriteAsync(Frame(pool, 1), CancellationToken.None);
        await writer.AbortAsync();
        await writer.AbortAsync();
        Assert.False(OutputExists(writer));
        Assert.False(LeftoversExist(writer));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Dispose_WithoutCommit_LeavesNothing()
    {
        using CheckingFramePool pool = new();
        IFrameWriter writer = await OpenAsync(pool);
        await writer.WriteAsync(Frame(pool, 0), CancellationToken.None);
        await writer.DisposeAsync();
        await writer.DisposeAsync();
        Assert.False(OutputExists(writer));
        Assert.False(LeftoversExist(writer));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Abort_BeforeAnyFrame_LeavesNothing()
    {
        using CheckingFramePool pool = new();
        await using IFrameWriter writer = await OpenAsync(pool);
        await writer.AbortAsync();
        Assert.False(OutputExists(writer));
        Assert.False(LeftoversExist(writer));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Commit_Cancelled_LeavesNothing()
    {
        using CheckingFramePool pool = new();
        await using IFrameWriter writer = await OpenAsync(pool);
        await writer.WriteAsync(Frame(pool, 0), CancellationToken.None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await writer.CommitAsync(new CancellationToken(canceled: true)));
        await writer.AbortAsync();
        Assert.False(OutputExists(writer));
        Assert.False(LeftoversExist(writer));
    }

    /// <summary>Frame <paramref name="index"/> of the written clip; 25 frames a second unless overridden.</summary>
    protected virtual MattedFrame Frame(IFramePool pool, int index) =>
        MovingDisc.Matted(pool, Format, new FrameTime(index, new Rational(index, 25), new Rational(1, 25)));
}
