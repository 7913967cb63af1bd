using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>How still pictures are written.</summary>
public sealed record SequenceSettings
{
    /// <summary>Of a sequence's first picture.</summary>
    public FrameNumbering Numbering { get; init; } = FrameNumbering.Default;

    /// <summary>EXR holds the source's codes 0..1; else linear light.</summary>
    public bool KeepsTransfer { get; init; }
}
