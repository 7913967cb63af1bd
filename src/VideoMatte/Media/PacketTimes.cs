using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>When a clip's frames are shown, known before they are decoded: reads packets, decodes nothing.</summary>
/// <param name="Times">On the source's own clock, in order. Of packets out of order the last may be missing where it is not the whole.</param>
/// <param name="Whole">The source has no more packets.</param>
/// <param name="Failed">ffprobe ended with an error: what came is kept.</param>
internal sealed record PacketTimes(IReadOnlyList<Rational> Times, bool Whole, bool Failed)
{
    private const int MostBytes = 64 << 20;

    /// <param name="tools">ffprobe.</param>
    /// <param name="info">The source, a file.</param>
    /// <param name="first">Earlier frames are left out.</param>
    /// <param name="packets">Most packets to read, from the key frame before <paramref name="first"/> on.</param>
    /// <param name="time">Clock of the stall timer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<PacketTimes> ReadAsync(
        FfmpegTools tools, MediaInfo info, Rational first, long packets, TimeProvider time, CancellationToken cancellationToken)
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
        Rational[] times =
        [
            .. lines.Select(line => long.TryParse(line.TrimEnd(','), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long ticks)
                    ? Rational.FromTicks(ticks, info.Video.TimeBase) : (Rational?)null)
                .OfType<Rational>().Where(t => t >= first).Order(),
        ];
        return new PacketTimes(times, lines.Length < packets, answer.ExitCode != 0);
    }
}
