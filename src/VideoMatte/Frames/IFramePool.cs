namespace VideoMatte.Frames;

/// <summary>Lends the memory of frames. Thread-safe. A buffer has exactly one owner, who returns it exactly once; its content is undefined when rented.</summary>
public interface IFramePool
{
    /// <summary>Bytes that are lent and not returned yet.</summary>
    long OutstandingBytes { get; }

    /// <returns>A buffer of exactly <paramref name="byteCount"/> bytes, pinned for its whole life.</returns>
    byte[] Rent(int byteCount);

    void Return(byte[] buffer);
}
