using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>When the frame behind a number of frames is shown, known before they are decoded, so that sound can be cut with them. Reads
/// packets, decodes nothing.</summary>
internal static class FrameAfter
{
    /// <summary>More packets than this are not looked at.</summary>
    private const long MostPackets = 1 << 20;

    /// <summary>Packets between a key frame and the first frame asked for, and those out of order at the end.</summary>
    private const long Surround = 600;

    /// <param name="tools">ffprobe.</param>
    /// <param name="info">The source.</param>
    /// <param name="first">Presentation time of the first frame, on the source's own clock.</param>
    /// <param name="frames">Frames from it on, 1 or more.</param>
    /// <param name="time">Clock of the stall timer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>On the source's own clock; null where the source ends before, or its packets do not say.</returns>
    public static async Task<Rational?> FindAsync(
        FfmpegTools tools, MediaInfo info, Rational first, long frames, TimeProvider time, CancellationToken cancellationToken)
    {
        for (long packets = frames + Surround; packets <= MostPackets + Surround; packets *= 4)
        {
            PacketTimes later = await PacketTimes.ReadAsync(tools, info, first, packets, time, cancellationToken).ConfigureAwait(false);
            // A few packets more than needed: in order of time the ones at the end may not all have come.
            if (later.Times.Count > frames + (later.Whole ? 0 : 32))
                return later.Times[(int)frames];
            if (later.Whole || later.Failed)
                return null;
        }

        return null;
    }
}
