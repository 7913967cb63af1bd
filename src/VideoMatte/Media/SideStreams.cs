using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>What goes into a file beside the picture: the source's sound, subtitles, timecode, attachments and tags, copied where the
/// container holds them.</summary>
/// <param name="Arguments">Maps and codecs for ffmpeg, before those of the picture; input 1 is the source.</param>
/// <param name="LateArguments">What must come after those of the picture.</param>
/// <param name="NeedsSource">The source must be opened again.</param>
/// <param name="Kept">The tracks that go along.</param>
/// <param name="Warnings">What was encoded or left out.</param>
/// <param name="NewTimecode">A timecode track is made for it; null: the source's is copied, or there is none.</param>
/// <param name="Attached">A cover picture that is attached as a file; null: none.</param>
internal sealed record SideStreams(
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> LateArguments,
    bool NeedsSource,
    IReadOnlyList<KeptTrack> Kept,
    IReadOnlyList<MatteWarning> Warnings,
    Timecode? NewTimecode,
    CoverPicture? Attached)
{
    /// <summary>Tags that speak of the file they were found in.</summary>
    internal static readonly string[] OfTheContainer = ["major_brand", "minor_version", "compatible_brands"];

    /// <summary>Of the output where the source's tags, chapters and tracks other than sound go along.</summary>
    public bool KeepsTags { get; private init; }

    /// <summary>Tracks of the source that come from a file <see cref="SubtitleCut"/> makes.</summary>
    public IReadOnlyList<int> CutSubtitles { get; private init; } = [];

    /// <param name="source">What the clip holds.</param>
    /// <param name="output">A matte alone takes no subtitles and no timecode.</param>
    public static SideStreams Plan(MediaInfo source, OutputSpec output)
    {
        // Numbered pictures have nothing beside them, and what came through a pipe cannot be read again.
        if (source.Sequence is not null)
            return new SideStreams([], [], false, [], [], null, null);
        if (source.IsPipe)
            return new SideStreams([], [], false, [], [.. OfPipe(source, output)], null, null);
        SideArguments sides = new(output);
        SoundTracks.Add(source, sides);
        bool keepsTags = !output.MatteOnly && output.Preset.Container != MediaContainer.Images;
        CoverPicture? attached = null;
        if (keepsTags)
        {
            SubtitleTracks.Add(source, sides);
            attached = DataTracks.Add(source, sides);
            AddTags(source, sides);
        }

        bool makes = !output.MatteOnly && output.Preset.Container == MediaContainer.Mov;
        return new SideStreams(
            sides.Early, sides.Late, sides.Early.Count + sides.Late.Count > 0, sides.Kept, sides.Warnings, makes ? output.Timing.Timecode : null, attached)
        {
            KeepsTags = keepsTags,
            CutSubtitles = sides.Cut,
        };
    }

    private static IEnumerable<MatteWarning> OfPipe(MediaInfo source, OutputSpec output)
    {
        foreach (AudioStreamInfo sound in output.Audio == AudioMode.None ? [] : source.Audio)
            yield return new MatteWarning(
                "audio-dropped",
                $"The sound in standard input (stream {SideArguments.Text(sound.Index)}, {sound.Codec}) is left out: take it from its file in the program behind the pipe, or say --audio none.",
                NotAsAsked: true);
        foreach (OtherStreamInfo other in source.Subtitles.Concat(source.Others))
            yield return new MatteWarning("track-dropped", $"Stream {SideArguments.Text(other.Index)} of standard input ({other.Kind}, {other.Codec}) is left out.");
    }

    private static void AddTags(MediaInfo source, SideArguments sides)
    {
        sides.Early.AddRange(["-map_metadata", "1", "-map_chapters", "1"]);
        foreach (string tag in OfTheContainer.Where(source.Tags.ContainsKey))
            sides.Early.AddRange(["-metadata", tag + "="]);
        if (sides.Output.Timing.Timecode is { } start && source.Tags.ContainsKey(SourceTimecode.Tag))
            sides.Early.AddRange(["-metadata", $"{SourceTimecode.Tag}={start}"]);
        foreach (string tag in new[] { "language", "title" })
            if (source.Video.Tags.TryGetValue(tag, out string? value))
                sides.Early.AddRange(["-metadata:s:v:0", $"{tag}={(tag == "language" ? Languages.For(sides.Container, value) : value)}"]);
        if (sides.IsQuickTime && source.Video.Tags.TryGetValue("title", out string? name))
            sides.Early.AddRange(["-metadata:s:v:0", "handler_name=" + name]);
    }
}
