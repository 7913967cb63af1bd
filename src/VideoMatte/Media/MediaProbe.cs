using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using VideoMatte.Frames;
using VideoMatte.Media.Pipes;
using VideoMatte.Media.Stills;

namespace VideoMatte.Media;

/// <summary>Asks ffprobe what a file holds, by way of <see cref="MediaDoor"/>.</summary>
public static partial class MediaProbe
{
    /// <summary>More words than this about one file are an attack or a defect, not a description.</summary>
    private const int MostBytes = 32 << 20;

    /// <summary>A rate above this is a clock's tick, not a camera's.</summary>
    private static readonly Rational MostRate = new(1000);

    private static readonly string[] Question = ["-v", "error", "-show_format", "-show_streams", "-show_chapters", "-of", "json"];

    /// <summary>Reads the headers of <paramref name="path"/>; no frame is kept.</summary>
    /// <param name="tools">ffprobe.</param>
    /// <param name="path">As the user named it.</param>
    /// <param name="maxPixels">Largest picture accepted, in pixels.</param>
    /// <param name="cancellationToken">Kills ffprobe.</param>
    /// <exception cref="MatteException"><c>input-missing</c>, <c>input-unreadable</c>, <c>no-video</c>, <c>too-many-pixels</c>; all of kind
    /// <see cref="ErrorKind.Input"/>.</exception>
    public static Task<MediaInfo> ProbeAsync(FfmpegTools tools, string path, long maxPixels, CancellationToken cancellationToken) =>
        ProbeAsync(tools, path, maxPixels, FfmpegProcess.DefaultStallLimit, TimeProvider.System, cancellationToken);

    /// <summary>The same, where numbered pictures have this rate.</summary>
    /// <param name="tools">ffprobe.</param>
    /// <param name="path">As the user named it: a file, a folder of numbered pictures, or a pattern of them.</param>
    /// <param name="sequenceRate">Frames a second of numbered pictures; null: as they say, or else 25.</param>
    /// <param name="maxPixels">Largest picture accepted, in pixels.</param>
    /// <param name="cancellationToken">Kills ffprobe.</param>
    /// <exception cref="MatteException">Also <see cref="SequenceFinder"/>'s.</exception>
    public static async Task<MediaInfo> ProbeAsync(
        FfmpegTools tools, string path, Rational? sequenceRate, long maxPixels, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (SequenceFinder.Find(path, sequenceRate) is not { } sequence)
            return await ProbeAsync(tools, path, maxPixels, cancellationToken).ConfigureAwait(false);
        return StillProbe.Of(await ProbeAsync(tools, sequence.Files[0], maxPixels, cancellationToken).ConfigureAwait(false), sequence, path);
    }

    /// <summary>Waits for the head of a NUT on standard input and says what will come.</summary>
    /// <param name="tools">ffprobe.</param>
    /// <param name="input">Standard input; stays the caller's.</param>
    /// <param name="maxPixels">Largest picture accepted, in pixels.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    /// <exception cref="MatteException"><c>pipe-empty</c>, <c>pipe-not-nut</c>, <c>pipe-damaged</c>, <c>no-video</c>, <c>too-many-pixels</c>;
    /// all of kind <see cref="ErrorKind.Input"/>.</exception>
    public static async Task<MediaInfo> ProbeAsync(FfmpegTools tools, Stream input, long maxPixels, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPixels, 1);
        PipedInput pipe = await PipedInput.OpenAsync(input, cancellationToken).ConfigureAwait(false);
        try
        {
            FfmpegOutput output = await FfmpegProcess.RunAsync(
                tools.FfprobePath, [.. Question, .. MediaDoor.PipeArguments(maxPixels)], MostBytes, null, TimeProvider.System, cancellationToken, pipe.Head).ConfigureAwait(false);
            MediaInfo info = Understood(output, PipedInput.Name, maxPixels);
            // What it guesses of a stream it saw the head of is no length.
            return info with
            {
                Pipe = pipe,
                Duration = null,
                Video = info.Video with { FrameCount = null, Duration = null, StartTime = null, AverageRate = info.Video.NominalRate is { } rate && rate <= MostRate ? rate : null },
            };
        }
        catch
        {
            pipe.End();
            throw;
        }
    }

    internal static async Task<MediaInfo> ProbeAsync(
        FfmpegTools tools, string path, long maxPixels, TimeSpan stallLimit, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPixels, 1);
        CheckFile(path);
        FfmpegOutput output = await FfmpegProcess.RunAsync(
            tools.FfprobePath, [.. Question, .. MediaDoor.InputArguments(path, maxPixels)], MostBytes, stallLimit, time, cancellationToken).ConfigureAwait(false);
        MediaInfo info = Understood(output, path, maxPixels);
        return info.IsStillImage ? StillProbe.Of(info, StillHead.Read(path)) : info;
    }

    private static MediaInfo Understood(FfmpegOutput output, string path, long maxPixels)
    {
        ThrowIfTooLarge(path, output.ErrorTail, maxPixels);
        if (output.Stalled)
            throw Unreadable(path, "ffprobe did not answer in time", output);
        if (output.ExitCode != 0 || output.Overflowed)
            throw Unreadable(path, "it is no video or image file that can be opened, or it is damaged", output);
        MediaInfo info;
        try
        {
            using JsonDocument document = JsonDocument.Parse(output.Text);
            info = Parse(document.RootElement, path, output);
        }
        catch (JsonException e)
        {
            throw new MatteException(ErrorKind.Input, "input-unreadable", $"{path} cannot be read: ffprobe's answer made no sense.", e) { Clip = path };
        }

        if ((long)info.Video.Width * info.Video.Height > maxPixels)
            throw TooLarge(path, info.Video.Width, info.Video.Height, maxPixels);
        return info;
    }

    private static void CheckFile(string path)
    {
        if (Directory.Exists(path))
            throw new MatteException(ErrorKind.Input, "input-unreadable", $"{path} is a folder; name a video or image file.") { Clip = path };
        FileInfo file = new(path);
        if (!file.Exists)
            throw new MatteException(ErrorKind.Input, "input-missing", $"{path} does not exist; check the name.") { Clip = path };
        if (file.Length == 0)
            throw new MatteException(ErrorKind.Input, "input-unreadable", $"{path} is empty (0 bytes); name a video or image file.") { Clip = path };
    }

    private static MediaInfo Parse(JsonElement root, string path, FfmpegOutput output)
    {
        JsonElement format = root.TryGetProperty("format", out JsonElement found) ? found : default;
        List<JsonElement> pictures = [];
        List<AudioStreamInfo> audio = [];
        List<OtherStreamInfo> subtitles = [], others = [];
        int streams = 0;
        foreach (JsonElement stream in ProbeJson.List(root, "streams"))
        {
            streams++;
            string kind = ProbeJson.Text(stream, "codec_type") ?? "unknown";
            if (kind == "video" && !VideoStreamParser.IsCover(stream))
                pictures.Add(stream);
            else if (kind == "audio")
                audio.Add(Audio(stream));
            else
                (kind == "subtitle" ? subtitles : others).Add(Other(stream, kind == "video" ? "cover" : kind));
        }

        if (streams == 0)
            throw Unreadable(path, "it holds no streams", output);
        if (pictures.Count == 0)
            throw new MatteException(ErrorKind.Input, "no-video", $"{path} holds no video ({(audio.Count > 0 ? "only sound" : "no sound either")}); name a file with pictures.")
            {
                Clip = path,
            };
        JsonElement picture = pictures.FirstOrDefault(VideoStreamParser.IsDefault, pictures[0]);
        others.AddRange(pictures.Where(p => ProbeJson.Small(p, "index") != ProbeJson.Small(picture, "index")).Select(p => Other(p, "video")));
        return new MediaInfo(
            path,
            ProbeJson.Text(format, "format_name") ?? "unknown",
            ProbeJson.Seconds(format, "duration") is { } duration && duration > Rational.Zero ? duration : null,
            ProbeJson.Seconds(format, "start_time") ?? Rational.Zero,
            ProbeJson.Tags(format),
            VideoStreamParser.Parse(picture, path),
            audio,
            subtitles,
            others,
            [.. ProbeJson.List(root, "chapters").Select(Chapter)]);
    }

    private static AudioStreamInfo Audio(JsonElement stream)
    {
        Rational timeBase = ProbeJson.Positive(stream, "time_base") ?? new Rational(1, 1000);
        return new AudioStreamInfo(
            ProbeJson.Small(stream, "index"),
            ProbeJson.Text(stream, "codec_name") ?? "unknown",
            ProbeJson.Small(stream, "sample_rate"),
            ProbeJson.Small(stream, "channels"),
            ProbeJson.Ticks(stream, "start_pts", timeBase),
            ProbeJson.Ticks(stream, "duration_ts", timeBase),
            ProbeJson.Tags(stream))
        {
            Dispositions = ProbeJson.Dispositions(stream),
        };
    }

    private static OtherStreamInfo Other(JsonElement stream, string kind) => new(
        ProbeJson.Small(stream, "index"),
        kind,
        ProbeJson.Text(stream, "codec_name") ?? "unknown",
        ProbeJson.Text(stream, "codec_tag_string") ?? "",
        ProbeJson.Tags(stream))
    {
        Dispositions = ProbeJson.Dispositions(stream),
    };

    private static ChapterInfo Chapter(JsonElement chapter) => new(
        ProbeJson.Seconds(chapter, "start_time") ?? Rational.Zero,
        ProbeJson.Seconds(chapter, "end_time") ?? Rational.Zero,
        ProbeJson.Tags(chapter).GetValueOrDefault("title", ""));

    private static void ThrowIfTooLarge(string path, string errors, long maxPixels)
    {
        if (TooLargePattern().Match(errors) is { Success: true } match
            && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long width)
            && long.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long height)
            && (Int128)width * height > maxPixels)
            throw TooLarge(path, width, height, maxPixels);
    }

    private static MatteException TooLarge(string path, long width, long height, long maxPixels) => new(
        ErrorKind.Input,
        "too-many-pixels",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{path} has pictures of {width}x{height}, {(Int128)width * height} pixels, more than the {maxPixels} allowed; raise --max-pixels if you trust it."))
    {
        Clip = path,
    };

    private static MatteException Unreadable(string path, string why, FfmpegOutput output) =>
        new(ErrorKind.Input, "input-unreadable", $"{path} cannot be read: {why}.") { Clip = path, Detail = output.ErrorTail };

    // ffmpeg says the size only here when the limit stops its decoder.
    [GeneratedRegex(@"Picture size (\d{1,10})x(\d{1,10}) (?:exceeds|is invalid)")]
    private static partial Regex TooLargePattern();
}
