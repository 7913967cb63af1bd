using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The command line that copies a part's subtitles, cut at both ends, into a small file of their own: a cue that is on screen where
/// the part begins, begins with it, and one that stays longer ends with it.</summary>
/// <remarks>In the encoder's own command a filter of packets could not tell where the part ends: ffmpeg 5.1 gives it the source's ticks, the
/// encoder's or the track's, by whether the head of the file was written before. Here, where no picture and no sound is waited for, the
/// head comes first, so the ticks are the track's. Nor is anything encoded here: behind an encoder of subtitles setts of ffmpeg 5.1 keeps
/// the last packet for itself.</remarks>
internal static class SubtitleCut
{
    /// <summary>Holds milliseconds and what frames last at the field's rates, and half a day in 32 bits.</summary>
    private const int QuickTimeTicks = 90_000;

    private const int MatroskaTicks = 1000;

    /// <summary>A cue that began longer before the part is not looked for: a Matroska file would have to be read from its start.</summary>
    private static readonly Rational LongestCue = new(600);

    /// <summary>A cue of our own, behind all tracks, where the file is Matroska: ffmpeg reads none that holds nothing.</summary>
    private static readonly byte[] Filler = "1\n00:00:00,000 --> 00:00:00,001\n.\n"u8.ToArray();

    /// <param name="source">The clip.</param>
    /// <param name="tracks">Of its subtitles.</param>
    /// <param name="timing">Tells the part.</param>
    /// <param name="moved">Seconds the picture was moved later.</param>
    /// <param name="file">Written.</param>
    public static IReadOnlyList<string> Arguments(MediaInfo source, IReadOnlyList<int> tracks, OutputTiming timing, Rational moved, string file)
    {
        int ticks = IsQuickTime(source) ? QuickTimeTicks : MatroskaTicks;
        List<string> arguments = ["-v", "error", "-nostdin", "-y", "-itsoffset", Seconds(moved - timing.Origin)];
        if (timing.Origin - LongestCue > source.StartTime)
            arguments.AddRange(["-seek_timestamp", "1", "-noaccurate_seek", "-ss", Seconds(timing.Origin - LongestCue)]);
        arguments.AddRange(MediaDoor.InputArguments(source.Path, int.MaxValue));
        if (!Input(source).IsEmpty)
            arguments.AddRange(["-protocol_whitelist", "pipe", "-f", "srt", "-i", "pipe:0"]);
        foreach (int track in tracks)
            arguments.AddRange(["-map", "0:" + SideArguments.Text(track)]);
        if (!Input(source).IsEmpty)
            arguments.AddRange(["-map", "1:s:0"]);
        arguments.AddRange(["-c", "copy", "-copyts", "-map_chapters", "-1"]);
        if (timing.End is { } end)
            arguments.AddRange(["-t", Seconds(end)]);
        if (IsQuickTime(source))
            arguments.AddRange(["-time_base:s", "1:" + SideArguments.Text(ticks)]);
        // Rounded down: no cue is longer than the picture.
        arguments.AddRange(["-bsf:s", Filter(timing.End is { } last ? SideArguments.Text((long)Math.Floor(last.ToDouble() * ticks)) : null)]);
        arguments.AddRange([MediaDoor.Url(file)]);
        return arguments;
    }

    /// <summary>For the command's standard input.</summary>
    public static ReadOnlyMemory<byte> Input(MediaInfo source) => IsQuickTime(source) ? default : Filler;

    /// <summary>Of the file, and by it its container: the source's own kind, which holds its subtitles as they are.</summary>
    public static string Extension(MediaInfo source) =>
        !IsQuickTime(source) ? ".mkv" : source.Tags.TryGetValue("major_brand", out string? brand) && brand.Trim() != "qt" ? ".mp4" : ".mov";

    /// <summary>What ends before the part or begins after it is left out; the rest is clipped. Pictures without a duration keep none.</summary>
    private static string Filter(string? end)
    {
        string after = end is null ? "" : $"+gte(pts\\,{end})", until = end is null ? "PTS+DURATION" : $"min(PTS+DURATION\\,{end})";
        return $"noise=amount=0:drop=lt(pts\\,0)*lte(pts+d\\,0){after},setts=pts=max(PTS\\,0):dts=max(DTS\\,0):duration=if(DURATION\\,{until}-max(PTS\\,0))";
    }

    private static bool IsQuickTime(MediaInfo source) => source.FormatName.Contains("mp4", StringComparison.Ordinal);

    private static string Seconds(Rational time) => time.ToDouble().ToString("F6", CultureInfo.InvariantCulture);
}
