namespace VideoMatte.Media;

/// <summary>A stream that is neither the picture nor sound.</summary>
/// <param name="Index">In the file.</param>
/// <param name="Kind"><c>subtitle</c>, <c>data</c>, <c>attachment</c>, <c>video</c>, <c>cover</c> or <c>unknown</c>.</param>
/// <param name="Codec">ffmpeg's name; <c>unknown</c> where it has none.</param>
/// <param name="CodecTag">The container's own word, e.g. <c>tmcd</c>.</param>
/// <param name="Tags">Of the stream.</param>
public sealed record OtherStreamInfo(int Index, string Kind, string Codec, string CodecTag, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>The flags that are set, in ffprobe's words: <c>default</c>, <c>forced</c>, <c>hearing_impaired</c>...</summary>
    public IReadOnlyList<string> Dispositions { get; init; } = [];
}
