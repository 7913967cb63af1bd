using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>Which part of a source is matted, at which rate and size, and what is done about fields.</summary>
public sealed record SourceOptions
{
    /// <summary>All of it, as it is; interlaced pictures are made whole.</summary>
    public static SourceOptions Default { get; } = new();

    /// <summary>Counted from the first frame's time. Default: all frames.</summary>
    public FrameSelection Selection { get; init; } = new(null, null, null);

    /// <summary><c>keep</c> (the source's own times), <c>source-average</c>, or frames a second as <see cref="FrameRates"/> reads them. Default: keep.</summary>
    public string Rate { get; init; } = "keep";

    /// <summary>Columns and rows of picture and alpha; null: the source's.</summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>True: an interlaced source is deinterlaced, with a warning; false: it is refused.</summary>
    public bool Deinterlace { get; init; } = true;
}
