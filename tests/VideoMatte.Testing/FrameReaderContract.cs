using VideoMatte.Frames;
using VideoMatte.Media;
using Xunit;

namespace VideoMatte.Testing;

/// <summary>What every <see cref="IFrameReader"/> keeps. Derive, and say how one is opened.</summary>
public abstract class FrameReaderContract
{
    private const int TimeoutMs = 60_000;

    /// <summary>Frames the opened clip holds, at least 3.</summary>
    protected abstract int ExpectedFrames { get; }

    /// <summary>A fresh reader of the same clip; its frames come from <paramref name="pool"/>.</summary>
    protected abstract Task<IFrameReader> OpenAsync(IFramePool pool);

    [Fact(Timeout = TimeoutMs)]
    public async Task Read_ToTheEnd_GivesEveryFrameOnceInOrder()
    {
        using CheckingFramePool pool = new();
        await using IFrameReader reader = await OpenAsync(pool);
        Rational? before = null;
        int count = 0;
        while (await reader.ReadAsync(CancellationToken.None) is { } next)
        {
            using VideoFrame frame = next;
            Assert.Equal(reader.Format, frame.Format);
            Assert.Equal(count, frame.Time.Index);
            Assert.True(frame.Time.PresentationTime.IsTickOf(reader.TimeBase), "a time between ticks");
            Assert.True(before is null || frame.Time.PresentationTime > before, "times must rise");
            Assert.True(frame.Time.Duration >= Rational.Zero, "a negative duration");
            before = frame.Time.PresentationTime;
            count++;
        }

        Assert.Equal(ExpectedFrames, count);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Read_AfterTheEnd_StaysNull()
    {
        using CheckingFramePool pool = new();
        await using IFrameReader reader = await OpenAsync(pool);
        while (await reader.ReadAsync(CancellationToken.None) is { } frame)
            frame.Dispose();
        Assert.Null(await reader.ReadAsync(CancellationToken.None));
        Assert.Null(await reader.ReadAsync(CancellationToken.None));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Read_Frames_BelongToTheCaller()
    {
        using CheckingFramePool pool = new();
        await using IFrameReader reader = await OpenAsync(pool);
        using VideoFrame first = await reader.ReadAsync(CancellationToken.None) ?? throw new InvalidOperationException("no frame");
        byte[] before = first.Bytes.ToArray();
        using VideoFrame? second = await reader.ReadAsync(CancellationToken.None);
        using VideoFrame? third = await reader.ReadAsync(CancellationToken.None);
        Assert.NotNull(third);
        Assert.True(before.AsSpan().SequenceEqual(first.Bytes), "a later read wrote into a frame already given");
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Read_Cancelled_Throws()
    {
        using CheckingFramePool pool = new();
        await using IFrameReader reader = await OpenAsync(pool);
        (await reader.ReadAsync(CancellationToken.None))?.Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            (await reader.ReadAsync(new CancellationToken(canceled: true)))?.Dispose());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Dispose_Midway_ReturnsEverything()
    {
        using CheckingFramePool pool = new();
        IFrameReader reader = await OpenAsync(pool);
        (await reader.ReadAsync(CancellationToken.None))?.Dispose();
        await reader.DisposeAsync();
        await reader.DisposeAsync();
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Dispose_Unread_ReturnsEverything()
    {
        using CheckingFramePool pool = new();
        await (await OpenAsync(pool)).DisposeAsync();
    }
}
