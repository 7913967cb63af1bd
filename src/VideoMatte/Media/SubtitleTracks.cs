namespace VideoMatte.Media;

/// <summary>A source's subtitles in an output: copied, or written in the text format the container has; pictures cannot be made text.</summary>
internal static class SubtitleTracks
{
    private static readonly string[] Text = ["subrip", "srt", "ass", "ssa", "webvtt", "mov_text", "text"];

    /// <summary>Pictures that do not say how long they stay.</summary>
    private static readonly string[] Lasting = ["hdmv_pgs_subtitle", "dvb_subtitle"];

    private static readonly string[] Matroska = ["subrip", "srt", "ass", "ssa", "webvtt", "hdmv_pgs_subtitle", "dvd_subtitle", "dvb_subtitle"];

    public static void Add(MediaInfo source, SideArguments sides)
    {
        foreach (OtherStreamInfo track in source.Subtitles)
        {
            string index = SideArguments.Text(track.Index);
            if (Codec(sides.Container, track.Codec) is not { } codec)
            {
                sides.Warn(
                    "track-dropped",
                    $"Subtitle track {index} ({track.Codec}) does not go into {sides.Output.Preset.Extension}, which holds text alone: it is left out; a .mkv holds it.",
                    notAsAsked: true);
                continue;
            }

            string at = sides.IsCut ? sides.MapCut(track) : sides.Map('s', track.Index, track.Tags, track.Dispositions);
            sides.Early.AddRange(["-c:s:" + at, codec]);
            sides.Describe('s', at, track.Tags, track.Dispositions);
            if (sides.IsCut && Lasting.Contains(track.Codec, StringComparer.Ordinal))
                sides.Warn("subtitle-cut", $"The pictures of subtitle track {index} last until the next: one that is on screen where the part begins is left out, and one at its end has no end.");
            if (codec != "copy")
                sides.Warn("subtitle-encoded", $"Subtitle track {index} ({track.Codec}) is written as {codec}.");
        }
    }

    private static string? Codec(MediaContainer container, string codec)
    {
        bool text = Text.Contains(codec, StringComparer.Ordinal);
        return container switch
        {
            MediaContainer.Matroska => Matroska.Contains(codec, StringComparer.Ordinal) ? "copy" : text ? "srt" : null,
            MediaContainer.WebM => codec == "webvtt" ? "copy" : text ? "webvtt" : null,
            _ => codec == "mov_text" ? "copy" : text ? "mov_text" : null,
        };
    }
}
