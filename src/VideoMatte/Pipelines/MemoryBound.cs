using VideoMatte.Frames;

namespace VideoMatte.Pipelines;

/// <summary>The most memory a line's frames can take, known before the first.</summary>
/// <remarks>A station (stage or writer) has its queue's capacity in front of it, one frame in its hands, one waiting to be taken by the
/// next, and what its latency holds back: capacity + 2 + latency. The reader has no queue in front of it and nothing held back: 2.
/// A frame counts as <c>picture x (1 + extras) + width x height x 2</c> bytes, as if it had its matte and its repainted pictures from the
/// start.</remarks>
public static class MemoryBound
{
    /// <summary>Frames one station can hold besides its queue and its latency.</summary>
    private const int InHands = 2;

    /// <summary>Most frames alive at once.</summary>
    /// <param name="capacity">Of each queue, 1 or more.</param>
    /// <param name="latencies">LatencyFrames of every stage between reader and writer.</param>
    public static long Frames(int capacity, IEnumerable<int> latencies)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentNullException.ThrowIfNull(latencies);
        long frames = InHands + capacity + InHands;
        foreach (int latency in latencies)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(latency, nameof(latencies));
            frames += capacity + InHands + (long)latency;
        }

        return frames;
    }

    /// <summary>Bytes of one frame with its matte and <paramref name="extraPictures"/> pictures besides the source.</summary>
    public static long BytesPerFrame(FrameFormat format, int extraPictures)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentOutOfRangeException.ThrowIfNegative(extraPictures);
        return ((1L + extraPictures) * format.ByteCount) + (2L * format.Width * format.Height);
    }

    /// <summary>Most bytes of frames alive at once: <see cref="Frames"/> x <see cref="BytesPerFrame"/>.</summary>
    public static long Compute(FrameFormat format, int capacity, IEnumerable<int> latencies, int extraPictures) =>
        checked(Frames(capacity, latencies) * BytesPerFrame(format, extraPictures));
}
