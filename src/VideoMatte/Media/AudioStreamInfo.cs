using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>A sound stream of a file.</summary>
/// <param name="Index">In the file.</param>
/// <param name="Codec">ffmpeg's name: <c>aac</c>, <c>opus</c>, <c>pcm_s16le</c>.</param>
/// <param name="SampleRate">Samples a second; 0 where unknown.</param>
/// <param name="Channels">0 where unknown.</param>
/// <param name="StartTime">Seconds; null where unknown.</param>
/// <param name="Duration">Seconds; null where unknown.</param>
/// <param name="Tags">Of the stream (language, title).</param>
public sealed record AudioStreamInfo(
    int Index, string Codec, int SampleRate, int Channels, Rational? StartTime, Rational? Duration, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>The flags that are set, in ffprobe's words: <c>default</c>, <c>comment</c>, <c>visual_impaired</c>...</summary>
    public IReadOnlyList<string> Dispositions { get; init; } = [];
}
