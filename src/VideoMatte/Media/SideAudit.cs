using System.Globalization;
using System.Text.Json;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The look into a finished file for tags, flags and chapters: which of them a container keeps differs by container and by version
/// of ffmpeg, so the file is asked, and what is not there is named.</summary>
internal static class SideAudit
{
    private const int MostBytes = 32 << 20;

    /// <summary>A QuickTime time of creation counts seconds: 2024-05-06T07:08:09.</summary>
    private const int SecondsOfATime = 19;

    /// <summary>Said of the file they are in, not of the clip.</summary>
    private static readonly string[] OfTheFile = [.. SideStreams.OfTheContainer, "encoder", "duration", SourceTimecode.Tag];

    /// <summary>Flags of a track that players act upon.</summary>
    private static readonly string[] Flags = ["default", "forced", "hearing_impaired", "visual_impaired", "comment", "dub", "original", "lyrics", "karaoke"];

    /// <param name="tools">ffprobe.</param>
    /// <param name="file">The finished file.</param>
    /// <param name="source">What should have gone along.</param>
    /// <param name="sides">Which tracks did.</param>
    /// <param name="output">What was cut.</param>
    /// <param name="time">The clock of the stall timer.</param>
    /// <param name="cancellationToken">Kills ffprobe.</param>
    public static async Task<IReadOnlyList<MatteWarning>> CheckAsync(
        FfmpegTools tools, string file, MediaInfo source, SideStreams sides, OutputSpec output, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!sides.KeepsTags && sides.Kept.Count == 0)
            return [];
        string[] question = ["-v", "error", "-show_format", "-show_streams", "-show_chapters", "-of", "json", .. MediaDoor.InputArguments(file, int.MaxValue)];
        FfmpegOutput answer = await FfmpegProcess.RunAsync(tools.FfprobePath, question, MostBytes, null, time, cancellationToken).ConfigureAwait(false);
        try
        {
            using JsonDocument found = JsonDocument.Parse(answer.Text);
            return [.. Compare(found.RootElement, source, sides, output)];
        }
        catch (JsonException)
        {
            return [new MatteWarning("tags-not-verified", $"ffprobe could not say which tags {output.Path} holds.")];
        }
    }

    private static IEnumerable<MatteWarning> Compare(JsonElement found, MediaInfo source, SideStreams sides, OutputSpec output)
    {
        List<string> lost = [];
        JsonElement[] streams = [.. ProbeJson.List(found, "streams")];
        if (sides.KeepsTags)
        {
            IReadOnlyDictionary<string, string> tags = ProbeJson.Tags(found.TryGetProperty("format", out JsonElement format) ? format : default);
            lost.AddRange(source.Tags.Where(t => !OfTheFile.Contains(t.Key, StringComparer.OrdinalIgnoreCase) && !IsKept(t.Key, t.Value, tags)).Select(t => $"the tag {t.Key}"));
            JsonElement picture = streams.FirstOrDefault(s => ProbeJson.Text(s, "codec_type") == "video");
            lost.AddRange(LostOfATrack(source.Video.Tags, [], picture).Select(l => $"{l} of the picture"));
        }

        foreach (KeptTrack track in sides.Kept.Where(k => k.Kind is 'a' or 's'))
        {
            string kind = track.Kind == 'a' ? "audio" : "subtitle";
            JsonElement written = streams.Where(s => ProbeJson.Text(s, "codec_type") == kind).ElementAtOrDefault(track.Order);
            lost.AddRange(written.ValueKind == JsonValueKind.Undefined
                ? [$"track {SideArguments.Text(track.SourceIndex)}"]
                : LostOfATrack(track.Tags, track.Dispositions, written).Select(l => $"{l} of track {SideArguments.Text(track.SourceIndex)}"));
        }

        // QuickTime's chapters are a track of text among the data, which is none of the source's.
        int data = streams.Count(s => ProbeJson.Text(s, "codec_type") == "data" && ProbeJson.Text(s, "codec_tag_string") != "text");
        lost.AddRange(sides.Kept.Where(k => k.Kind == 'd').Skip(data).Select(k => $"track {SideArguments.Text(k.SourceIndex)}"));
        if (lost.Count > 0)
            yield return new MatteWarning("tags-dropped", $"{output.Path} does not hold all the source says of itself: {string.Join(", ", lost)} {(lost.Count == 1 ? "is" : "are")} left out.");
        int chapters = ProbeJson.List(found, "chapters").Count(), wanted = sides.KeepsTags ? source.Chapters.Count(c => IsIn(c, output.Timing)) : 0;
        if (chapters < wanted)
            yield return new MatteWarning("chapters-dropped", string.Create(
                CultureInfo.InvariantCulture, $"{output.Path} holds {chapters} of {wanted} chapters."), NotAsAsked: true);
    }

    private static IEnumerable<string> LostOfATrack(IReadOnlyDictionary<string, string> tags, IReadOnlyList<string> flags, JsonElement written)
    {
        IReadOnlyDictionary<string, string> kept = ProbeJson.Tags(written);
        if (tags.TryGetValue("language", out string? language) && language != "und" && !(kept.TryGetValue("language", out string? now) && Languages.AreSame(language, now)))
            yield return $"the language ({language})";
        if (SideArguments.NameOf(tags) is { } name && SideArguments.NameOf(kept) != name)
            yield return $"the name ({name})";
        IReadOnlyList<string> stay = ProbeJson.Dispositions(written);
        foreach (string flag in flags.Where(f => Flags.Contains(f, StringComparer.Ordinal) && !stay.Contains(f, StringComparer.Ordinal)))
            yield return $"the flag {flag}";
    }

    private static bool IsKept(string name, string value, IReadOnlyDictionary<string, string> tags) =>
        tags.TryGetValue(name, out string? now)
        && (now.Trim() == value.Trim()
            || (name.Equals("creation_time", StringComparison.OrdinalIgnoreCase) && now.Length >= SecondsOfATime
                && value.StartsWith(now[..SecondsOfATime], StringComparison.Ordinal)));

    /// <summary>Some of the chapter is in the part that was written.</summary>
    private static bool IsIn(ChapterInfo chapter, OutputTiming timing) =>
        !timing.IsCut || (chapter.End > timing.Origin && (timing.End is not { } end || chapter.Start < timing.Origin + end));
}
