using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>How a source is read. By default: every frame, as the decoder gives it.</summary>
public sealed record ReaderOptions
{
    /// <summary>Every frame, as the decoder gives it.</summary>
    public static ReaderOptions Default { get; } = new();

    /// <summary>Bring the picture to this size, layout, depth, matrix and range, for backgrounds, clean plates and thumbnails; null: the
    /// decoder's own planes, untouched. Transfer and primaries are not converted. The frames then carry this format.</summary>
    public FrameFormat? Target { get; init; }

    /// <summary>With <see cref="Target"/>: what happens to another shape. Default: cover.</summary>
    public Fit Fit { get; init; }

    /// <summary>Read the source's own alpha plane instead of its picture: grey frames of the plane's depth and full range, samples as they
    /// are stored. Only for a source that has one, and not with <see cref="Target"/>. Default: false.</summary>
    public bool AlphaPlane { get; init; }

    /// <summary>Begin again at the end, without end. Default: false.</summary>
    public bool Loop { get; init; }

    /// <summary>Stop after this many frames, 1 or more; null: all.</summary>
    public long? FrameLimit { get; init; }

    /// <summary>Begin with the first frame at or after this presentation time, in seconds on the source's own clock; null: at the start.</summary>
    public Rational? Seek { get; init; }

    /// <summary>Only these frames, exactly, whatever seeking in the container does; their times then count from the first one kept, and
    /// <see cref="MediaReader.Origin"/> says what 0 was. Not together with <see cref="Seek"/>, <see cref="Loop"/> or
    /// <see cref="FrameLimit"/>. Null: all.</summary>
    public FrameSelection? Selection { get; init; }

    /// <summary>Make one whole picture of the two fields of every frame. Default: false.</summary>
    public bool Deinterlace { get; init; }

    /// <summary>Largest picture decoded, in pixels. Default: 8192 x 8192.</summary>
    public long MaxPixels { get; init; } = 8192L * 8192;

    /// <summary>Longest single wait on the decoder. Default: 30 s.</summary>
    public TimeSpan StallLimit { get; init; } = FfmpegProcess.DefaultStallLimit;

    /// <summary>False where not the whole source is read, so that its end proves nothing.</summary>
    internal bool ReadsToTheEnd => FrameLimit is null && !Loop;
}
