using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Temporal;

namespace VideoMatte.Pipelines;

/// <summary>Frame numbers of a shot list count the source's frames. Where other frames come (a part that begins later, another rate), they are made
/// the times of those frames, however unevenly these lie.</summary>
internal static class ShotMoments
{
    /// <summary>Packets looked at behind the last number: some come out of order.</summary>
    private const long Surround = 64;

    /// <summary>More are not read: a day of 60 frames a second has five times as many.</summary>
    private const long MostPackets = 1 << 20;

    /// <param name="marks">As the list says.</param>
    /// <param name="tools">ffprobe.</param>
    /// <param name="source">Its packets are read, up to the last number's. Of a pipe and of numbered pictures nothing is: their numbers stay, to be
    /// counted by the average rate.</param>
    /// <param name="time">Clock of the stall timer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<IReadOnlyList<ShotMark>> TimedAsync(
        IReadOnlyList<ShotMark> marks, FfmpegTools tools, MediaInfo source, TimeProvider time, CancellationToken cancellationToken)
    {
        long last = marks.Max(m => m.Frame ?? -1);
        if (last < 0 || source.IsPipe || source.IsStillImage || source.Sequence is not null)
            return marks;
        PacketTimes found = await PacketTimes.ReadAsync(
            tools, source, source.Video.StartTime ?? source.StartTime, Math.Min(last, MostPackets) + Surround, time, cancellationToken).ConfigureAwait(false);
        return [.. marks.Select(m => m.Frame is { } frame && frame < found.Times.Count ? new ShotMark(null, found.Times[(int)frame] - found.Times[0]) : m)];
    }
}
