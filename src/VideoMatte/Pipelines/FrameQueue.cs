using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace VideoMatte.Pipelines;

/// <summary>Hands items from stage to stage, in order, and never loses track of who owns one: an item is with the writer until the call,
/// with the queue (or, where the write failed, disposed) after it, with the reader once read. The only user of channels.</summary>
/// <remarks>Any number of writers and readers. Channels alone would not do: a write to a closed channel and a cancelled write leave the
/// item with nobody (a cancelled one even with two), and an error is seen only behind the items buffered before it.</remarks>
public sealed class FrameQueue<T> : IDisposable
    where T : class, IDisposable
{
    private readonly Channel<T> _channel;
    private ExceptionDispatchInfo? _fault;
    private long _written;
    private long _read;
    private long _dropped;
    private long _discarded;

    /// <param name="capacity">Most items buffered, 1 or more.</param>
    /// <param name="policy">What happens to one more.</param>
    public FrameQueue(int capacity, DeliveryPolicy policy)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        Policy = policy;
        BoundedChannelFullMode mode = policy switch
        {
            DeliveryPolicy.Wait => BoundedChannelFullMode.Wait,
            DeliveryPolicy.LatestWins => BoundedChannelFullMode.DropOldest,
            _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, "no such policy"),
        };
        _channel = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { FullMode = mode }, Drop);
    }

    public int Capacity { get; }

    public DeliveryPolicy Policy { get; }

    /// <summary>Items buffered now.</summary>
    public int Count => _channel.Reader.Count;

    /// <summary>Items the queue took.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Items handed to a reader.</summary>
    public long Read => Interlocked.Read(ref _read);

    /// <summary>Items disposed because a newer one came (<see cref="DeliveryPolicy.LatestWins"/>).</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Items the queue had taken and disposed because of a fault or of <see cref="Dispose"/>.</summary>
    public long Discarded => Interlocked.Read(ref _discarded);

    /// <summary>Takes <paramref name="item"/> over, also when it throws: a write that fails has disposed the item.</summary>
    /// <exception cref="FrameQueueClosedException">The queue was completed, faulted or disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the item found room.</exception>
    public ValueTask WriteAsync(T item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (cancellationToken.IsCancellationRequested)
        {
            item.Dispose();
            return ValueTask.FromCanceled(cancellationToken);
        }

        if (!_channel.Writer.TryWrite(item))
            return WriteWhenRoomAsync(item, cancellationToken);
        Interlocked.Increment(ref _written);
        return ValueTask.CompletedTask;
    }

    /// <returns>The next item, which the caller owns; null once the queue is completed and empty.</returns>
    /// <exception cref="Exception">What the queue was faulted with, ahead of anything still buffered.</exception>
    /// <exception cref="ObjectDisposedException">The queue was disposed.</exception>
    public async ValueTask<T?> ReadAsync(CancellationToken cancellationToken)
    {
        do
        {
            Volatile.Read(ref _fault)?.Throw();
            cancellationToken.ThrowIfCancellationRequested();
            if (!_channel.Reader.TryRead(out T? item))
                continue;
            if (Volatile.Read(ref _fault) is { } fault)
            {
                Discard(item);
                fault.Throw();
            }

            Interlocked.Increment(ref _read);
            return item;
        }
        while (await _channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false));

        Volatile.Read(ref _fault)?.Throw();
        return null;
    }

    /// <summary>No more items come; those buffered can still be read. Writers that wait for room fail.</summary>
    public void Complete() => _channel.Writer.TryComplete();

    /// <summary>Ends the queue with an error (the first one counts): buffered items are disposed, readers and writers fail. Also overrides
    /// an earlier <see cref="Complete"/>, so that what is aborted downstream never looks finished.</summary>
    public void Fault(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Interlocked.CompareExchange(ref _fault, ExceptionDispatchInfo.Capture(error), null);
        _channel.Writer.TryComplete();
        while (_channel.Reader.TryRead(out T? item))
            Discard(item);
    }

    /// <summary>Disposes what is buffered; later writes and reads fail.</summary>
    public void Dispose() => Fault(new ObjectDisposedException(nameof(FrameQueue<T>)));

    /// <remarks>Waits for room and tries again, and never leaves the item with a write that waits: a channel's own cancelled write has been
    /// seen (.NET 10.0) to report cancellation for an item that a reader was given, and both would own it.</remarks>
    private async ValueTask WriteWhenRoomAsync(T item, CancellationToken cancellationToken)
    {
        bool taken = false;
        try
        {
            while (!taken && await _channel.Writer.WaitToWriteAsync(cancellationToken).ConfigureAwait(false))
                taken = _channel.Writer.TryWrite(item);
        }
        finally
        {
            if (taken)
                Interlocked.Increment(ref _written);
            else
                item.Dispose();
        }

        if (!taken)
            throw new FrameQueueClosedException(Volatile.Read(ref _fault)?.SourceException);
    }

    private void Drop(T item)
    {
        Interlocked.Increment(ref _dropped);
        item.Dispose();
    }

    private void Discard(T item)
    {
        Interlocked.Increment(ref _discarded);
        item.Dispose();
    }
}
