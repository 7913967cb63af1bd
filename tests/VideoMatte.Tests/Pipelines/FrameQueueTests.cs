using VideoMatte.Pipelines;
using Xunit;

namespace VideoMatte.Tests.Pipelines;

public sealed class FrameQueueTests
{
    private const int TimeoutMs = 20_000;

    [Fact(Timeout = TimeoutMs)]
    public async Task Read_AfterComplete_GivesTheRestThenNull()
    {
        using FrameQueue<Countable> queue = new(3, DeliveryPolicy.Wait);
        Countable[] items = await FillAsync(queue, 3);
        queue.Complete();
        foreach (Countable item in items)
            Assert.Same(item, await queue.ReadAsync(CancellationToken.None));
        Assert.Null(await queue.ReadAsync(CancellationToken.None));
        Assert.Null(await queue.ReadAsync(CancellationToken.None));
        Assert.Equal((3, 3, 0, 0), (queue.Written, queue.Read, queue.Dropped, queue.Discarded));
        Assert.All(items, i => Assert.Equal(0, i.Disposals));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Read_AfterFault_SeesTheFaultBeforeBufferedItems()
    {
        using FrameQueue<Countable> queue = new(3, DeliveryPolicy.Wait);
        Countable[] items = await FillAsync(queue, 3);
        IOException fault = new("first"), later = new("later");
        queue.Fault(fault);
        queue.Fault(later);
        Assert.Same(fault, await Assert.ThrowsAsync<IOException>(async () => await queue.ReadAsync(CancellationToken.None)));
        Assert.All(items, i => Assert.Equal(1, i.Disposals));
        Assert.Equal(3, queue.Discarded);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Fault_AfterComplete_StillComesBeforeBufferedItems()
    {
        using FrameQueue<Countable> queue = new(3, DeliveryPolicy.Wait);
        Countable[] items = await FillAsync(queue, 2);
        queue.Complete();
        queue.Fault(new IOException());
        await Assert.ThrowsAsync<IOException>(async () => await queue.ReadAsync(CancellationToken.None));
        Assert.All(items, i => Assert.Equal(1, i.Disposals));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Fault_WhileAReaderWaits_ReachesIt()
    {
        using FrameQueue<Countable> queue = new(1, DeliveryPolicy.Wait);
        Task<Countable?> waiting = queue.ReadAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        queue.Fault(new IOException());
        await Assert.ThrowsAsync<IOException>(() => waiting);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Write_WhenFull_WaitsForRoom()
    {
        using FrameQueue<Countable> queue = new(2, DeliveryPolicy.Wait);
        await FillAsync(queue, 2);
        Task third = queue.WriteAsync(new Countable(0, 2), CancellationToken.None).AsTask();
        Assert.False(third.IsCompleted);
        Assert.Equal(2, queue.Count);
        await queue.ReadAsync(CancellationToken.None);
        await third;
        Assert.Equal(3, queue.Written);
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData(DeliveryPolicy.Wait)]
    [InlineData(DeliveryPolicy.LatestWins)]
    public async Task Write_OnAClosedQueue_ThrowsAndDisposes(DeliveryPolicy policy)
    {
        using FrameQueue<Countable> queue = new(1, policy);
        queue.Complete();
        Countable item = new(0, 0);
        FrameQueueClosedException closed =
            await Assert.ThrowsAsync<FrameQueueClosedException>(async () => await queue.WriteAsync(item, CancellationToken.None));
        Assert.Null(closed.InnerException);
        Assert.Equal(1, item.Disposals);
        Assert.Equal(0, queue.Written);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Write_OnAFaultedQueue_NamesTheFault()
    {
        using FrameQueue<Countable> queue = new(1, DeliveryPolicy.Wait);
        IOException fault = new();
        queue.Fault(fault);
        Countable item = new(0, 0);
        FrameQueueClosedException closed =
            await Assert.ThrowsAsync<FrameQueueClosedException>(async () => await queue.WriteAsync(item, CancellationToken.None));
        Assert.Same(fault, closed.InnerException);
        Assert.Equal(1, item.Disposals);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Write_WaitingWhenCancelled_Disposes()
    {
        using FrameQueue<Countable> queue = new(1, DeliveryPolicy.Wait);
        await FillAsync(queue, 1);
        using CancellationTokenSource stop = new();
        Countable item = new(0, 1);
        Task waiting = queue.WriteAsync(item, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(1, item.Disposals);
        Assert.Equal((1, 1), (queue.Written, queue.Count));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Write_AlreadyCancelled_Disposes()
    {
        using FrameQueue<Countable> queue = new(1, DeliveryPolicy.Wait);
        Countable item = new(0, 0);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await queue.WriteAsync(item, new CancellationToken(true)));
        Assert.Equal(1, item.Disposals);
        Assert.Equal(0, queue.Count);
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_WaitingWhenClosed_Disposes(bool byFault)
    {
        using FrameQueue<Countable> queue = new(1, DeliveryPolicy.Wait);
        await FillAsync(queue, 1);
        Countable item = new(0, 1);
        Task waiting = queue.WriteAsync(item, CancellationToken.None).AsTask();
        if (byFault)
            queue.Fault(new IOException());
        else
            queue.Complete();
        await Assert.ThrowsAsync<FrameQueueClosedException>(() => waiting);
        Assert.Equal(1, item.Disposals);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task LatestWins_WhenFull_DisposesAndCountsTheOldest()
    {
        using FrameQueue<Countable> queue = new(2, DeliveryPolicy.LatestWins);
        Countable[] items = await FillAsync(queue, 5);
        Assert.Equal((5, 3, 2), (queue.Written, queue.Dropped, queue.Count));
        Assert.Equal([1, 1, 1, 0, 0], items.Select(i => i.Disposals));
        Assert.Same(items[3], await queue.ReadAsync(CancellationToken.None));
        Assert.Same(items[4], await queue.ReadAsync(CancellationToken.None));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Dispose_WithItems_DrainsThem()
    {
        FrameQueue<Countable> queue = new(3, DeliveryPolicy.Wait);
        Countable[] items = await FillAsync(queue, 3);
        queue.Dispose();
        queue.Dispose();
        Assert.All(items, i => Assert.Equal(1, i.Disposals));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await queue.ReadAsync(CancellationToken.None));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Read_Cancelled_LosesNothing()
    {
        using FrameQueue<Countable> queue = new(1, DeliveryPolicy.Wait);
        using CancellationTokenSource stop = new();
        Task<Countable?> waiting = queue.ReadAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Countable item = (await FillAsync(queue, 1))[0];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await queue.ReadAsync(stop.Token));
        Assert.Same(item, await queue.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public void Constructor_BadArguments_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameQueue<Countable>(0, DeliveryPolicy.Wait));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameQueue<Countable>(1, (DeliveryPolicy)7));
    }

    private static async Task<Countable[]> FillAsync(FrameQueue<Countable> queue, int count)
    {
        Countable[] items = [.. Enumerable.Range(0, count).Select(i => new Countable(0, i))];
        foreach (Countable item in items)
            await queue.WriteAsync(item, CancellationToken.None);
        return items;
    }
}
