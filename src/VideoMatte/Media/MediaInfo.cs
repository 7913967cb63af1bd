using VideoMatte.Frames;
using VideoMatte.Media.Pipes;
using VideoMatte.Media.Stills;

namespace VideoMatte.Media;

/// <summary>What a file says it holds. All text is as found: untrusted, for the sink to escape.</summary>
/// <param name="Path">As the user named it.</param>
/// <param name="FormatName">ffmpeg's name of the container, e.g. <c>mov,mp4,m4a,3gp,3g2,mj2</c>.</param>
/// <param name="Duration">Of the whole file, seconds; null where unknown.</param>
/// <param name="StartTime">Of the earliest stream, seconds; may be negative.</param>
/// <param name="Tags">Of the file.</param>
/// <param name="Video">The stream that is read; never a cover picture.</param>
/// <param name="Audio">All sound streams.</param>
/// <param name="Subtitles">All subtitle streams.</param>
/// <param name="Others">Data, timecode, attachments, cover pictures and further video.</param>
/// <param name="Chapters">In order.</param>
public sealed record MediaInfo(
    string Path,
    string FormatName,
    Rational? Duration,
    Rational StartTime,
    IReadOnlyDictionary<string, string> Tags,
    VideoStreamInfo Video,
    IReadOnlyList<AudioStreamInfo> Audio,
    IReadOnlyList<OtherStreamInfo> Subtitles,
    IReadOnlyList<OtherStreamInfo> Others,
    IReadOnlyList<ChapterInfo> Chapters)
{
    /// <summary>One picture and no clip: PNG, JPEG and their kind.</summary>
    public bool IsStillImage => FormatName.EndsWith("_pipe", StringComparison.Ordinal);

    /// <summary>Numbered pictures, read as one clip; null: one file, or a pipe.</summary>
    public ImageSequence? Sequence { get; init; }

    /// <summary>The files behind <see cref="Path"/>: those of a sequence, none of a pipe.</summary>
    public IReadOnlyList<string> Files => Sequence?.Files ?? (IsPipe ? [] : [Path]);

    /// <summary>It comes once, from standard input, and cannot be opened again.</summary>
    public bool IsPipe => Pipe is not null;

    /// <summary>Where it comes from, where that is a pipe.</summary>
    internal PipedInput? Pipe { get; init; }

    /// <summary>What the head of a still image, or of a sequence's first, says beyond ffmpeg's word; null: it is neither.</summary>
    internal StillHead? Still { get; init; }

    /// <summary>The ICC profile a still image came with; null: none that can be carried.</summary>
    internal byte[]? IccProfile => Still?.Profile;
}
