using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>How still pictures are written.</summary>
public sealed record SequenceSettings
{
    /// <summary>Of a sequence's first picture.</summary>
    public FrameNumbering Numbering { get; init; } = FrameNumbering.Default;

    /// <summary>True: EXR holds the source's codes 0..1; false: linear light; null: not said, linear light.</summary>
    public bool? KeepsTransfer { get; init; }

    /// <summary>An output with what of these settings is for its kind.</summary>
    internal OutputSpec ApplyTo(OutputSpec output) => output with
    {
        KeepsTransfer = KeepsTransfer == true && output.IsExr,
        Numbering = output.IsSequence ? Numbering : FrameNumbering.Default,
    };
}
