namespace VideoMatte.Media;

/// <summary>Timecode, camera data, attachments and cover pictures of a source in an output. What is left out is named.</summary>
internal static class DataTracks
{
    private const string Timecode = "tmcd", CameraData = "gpmd";

    /// <returns>A cover picture that is to be attached as a file; null: none.</returns>
    public static CoverPicture? Add(MediaInfo source, SideArguments sides)
    {
        MediaContainer container = sides.Container;
        bool quickTime = sides.IsQuickTime;
        if (!quickTime && TimecodeTag(source, sides) is { } timecode)
            sides.Early.AddRange(["-metadata:s:v:0", $"{SourceTimecode.Tag}={timecode}"]);
        // The muxer would make a timecode track of a tag, and fail where it does not know the rate: it only copies the source's own.
        if (quickTime)
            sides.Early.AddRange(["-write_tmcd", "0"]);
        CoverPicture? attached = null;
        foreach (OtherStreamInfo track in source.Others)
        {
            switch (track)
            {
                case { CodecTag: Timecode } when container == MediaContainer.Mov:
                    // Where it is cut or conformed a new track is made.
                    if (sides.Output.Timing.Timecode is null)
                        sides.Early.AddRange(["-c:d:" + sides.Map('d', track.Index, track.Tags, track.Dispositions), "copy"]);
                    break;
                case { CodecTag: Timecode } when !quickTime && TimecodeTag(source, sides) is not null:
                    break;
                case { CodecTag: CameraData } when quickTime:
                    AddCameraData(track, sides);
                    break;
                case { Kind: "attachment" } when container == MediaContainer.Matroska && track.Tags.ContainsKey("mimetype"):
                    sides.Early.AddRange(["-c:t:" + sides.Map('t', track.Index, track.Tags, track.Dispositions), "copy"]);
                    break;
                case { Kind: "cover" } when container == MediaContainer.Mp4 && CoverPicture.Of(track) is not null:
                    AddCover(track, sides);
                    break;
                case { Kind: "cover" } when container == MediaContainer.Matroska && attached is null && CoverPicture.Of(track) is { } cover:
                    attached = cover;
                    break;
                // QuickTime's chapters are a track of text: they are kept as chapters.
                case { CodecTag: "text", Codec: "bin_data" } when source.Chapters.Count > 0:
                    break;
                default:
                    sides.Warn("track-dropped", $"Track {SideArguments.Text(track.Index)} ({Describe(track)}) does not go into {sides.Output.Preset.Extension}: it is left out.");
                    break;
            }
        }

        return attached;
    }

    /// <summary>Matroska has no track for it: a tag of the picture is what programs read.</summary>
    private static string? TimecodeTag(MediaInfo source, SideArguments sides) =>
        (sides.Output.Timing.Timecode ?? SourceTimecode.Find(source))?.ToString();

    private static void AddCameraData(OtherStreamInfo track, SideArguments sides)
    {
        string at = sides.Map('d', track.Index, track.Tags, track.Dispositions);
        sides.Early.AddRange(["-c:d:" + at, "copy", "-tag:d:" + at, CameraData]);
        if (sides.IsCut)
            sides.Early.AddRange(["-bsf:d:" + at, SoundTracks.DropEnded]);
    }

    /// <summary>A second picture stream: the encoder's own settings must not reach it.</summary>
    private static void AddCover(OtherStreamInfo track, SideArguments sides)
    {
        string at = SideArguments.Text(1 + int.Parse(sides.Map('v', track.Index, track.Tags, track.Dispositions), System.Globalization.CultureInfo.InvariantCulture));
        sides.Late.AddRange(["-c:v:" + at, "copy", "-bsf:v:" + at, "null", "-disposition:v:" + at, "attached_pic"]);
    }

    private static string Describe(OtherStreamInfo track)
    {
        string what = track.CodecTag switch { Timecode => "timecode", CameraData => "camera data", _ => track.Kind == "cover" ? "cover picture" : track.Kind };
        string? name = track.Tags.GetValueOrDefault("filename") ?? track.Tags.GetValueOrDefault("title");
        string codec = track.Codec == "unknown" ? track.CodecTag : track.Codec;
        return name is null ? $"{what}, {codec}" : $"{what}, {codec}, {name}";
    }
}
