using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Cli;

/// <summary>What <c>probe --json</c> prints. Text is as found in the file; JSON escapes it.</summary>
internal sealed record ProbeReport(
    string File,
    string Format,
    double? Seconds,
    double StartSeconds,
    ProbeReport.VideoStream? Video,
    IReadOnlyList<ProbeReport.AudioStream> Audio,
    int Subtitles,
    int Chapters,
    IReadOnlyDictionary<string, string> Tags)
{
    public static ProbeReport Of(MediaInfo info) => new(
        info.Path,
        info.FormatName,
        info.Duration?.ToDouble(),
        info.StartTime.ToDouble(),
        VideoOf(info.Video),
        [.. info.Audio.Select(a => new AudioStream(a.Index, a.Codec, a.SampleRate, a.Channels))],
        info.Subtitles.Count,
        info.Chapters.Count,
        info.Tags);

    private static VideoStream VideoOf(VideoStreamInfo video)
    {
        ColourDescription colour = video.Format.Colour;
        return new(
            video.Index, video.Codec, video.PixelFormat, video.Width, video.Height, video.Format.Depth,
            (video.AverageRate ?? video.NominalRate)?.ToString(), video.FrameCount, video.TimeBase.ToString(), video.Format.SampleAspect.ToString(),
            video.Rotation, video.FieldOrder, video.HasAlpha,
            Name(colour.Matrix), colour.Range.ToString().ToLowerInvariant(), Name(colour.Primaries), Name(colour.Transfer), Name(colour.Siting));
    }

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <param name="Rate">Average frames a second, <c>n/d</c>.</param>
    /// <param name="Frames">As the container says.</param>
    internal sealed record VideoStream(
        int Index, string Codec, string PixelFormat, int Width, int Height, int Depth, string? Rate, long? Frames, string TimeBase, string SampleAspect,
        int Rotation, string FieldOrder, bool HasAlpha, string Matrix, string Range, string Primaries, string Transfer, string ChromaSiting);

    internal sealed record AudioStream(int Index, string Codec, int SampleRate, int Channels);
}
