using System.Collections.Concurrent;

namespace VideoMatte.Frames;

/// <summary>The pool programs use: buffers of one exact size are kept for the next of that size, as a video's frames all are.
/// Buffers lie on the pinned heap, so that native code may hold their address.</summary>
public sealed class FramePool : IFramePool
{
    /// <summary>Idle buffers kept for each size; more are left to the collector.</summary>
    private const int KeptPerSize = 64;

    private readonly ConcurrentDictionary<int, ConcurrentBag<byte[]>> _idle = new();
    private long _outstanding;

    public long OutstandingBytes => Interlocked.Read(ref _outstanding);

    public byte[] Rent(int byteCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(byteCount);
        Interlocked.Add(ref _outstanding, byteCount);
        return _idle.TryGetValue(byteCount, out ConcurrentBag<byte[]>? bag) && bag.TryTake(out byte[]? buffer)
            ? buffer
            : GC.AllocateUninitializedArray<byte>(byteCount, pinned: true);
    }

    public void Return(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        Interlocked.Add(ref _outstanding, -buffer.Length);
        ConcurrentBag<byte[]> bag = _idle.GetOrAdd(buffer.Length, _ => []);
        if (bag.Count < KeptPerSize)
            bag.Add(buffer);
    }
}
