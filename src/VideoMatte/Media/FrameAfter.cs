using System.Globalization;
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

    private const int MostBytes = 64 << 20;

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
            string from = first > info.StartTime ? first.ToDouble().ToString("F6", CultureInfo.InvariantCulture) : "";
            string[] arguments =
            [
                "-v", "error", "-select_streams", info.Video.Index.ToString(CultureInfo.InvariantCulture),
                "-read_intervals", string.Create(CultureInfo.InvariantCulture, $"{from}%+#{packets}"),
                "-show_entries", "packet=pts", "-of", "csv=p=0", .. MediaDoor.InputArguments(info.Path, int.MaxValue),
            ];
            FfmpegOutput answer = await FfmpegProcess.RunAsync(tools.FfprobePath, arguments, MostBytes, null, time, cancellationToken).ConfigureAwait(false);
            string[] lines = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            Rational[] later =
            [
                .. lines.Select(line => long.TryParse(line.TrimEnd(','), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long ticks)
                        ? Rational.FromTicks(ticks, info.Video.TimeBase) : (Rational?)null)
                    .OfType<Rational>().Where(t => t >= first).Order(),
            ];
            // A few packets more than needed: in order of time the ones at the end may not all have come.
            bool whole = lines.Length < packets;
            if (later.Length > frames + (whole ? 0 : 32))
                return later[frames];
            if (whole || answer.ExitCode != 0)
                return null;
        }

        return null;
    }
}
