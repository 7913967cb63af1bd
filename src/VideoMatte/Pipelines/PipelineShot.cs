using VideoMatte.Frames;

namespace VideoMatte.Pipelines;

/// <param name="Start">Index of the shot's first frame.</param>
/// <param name="Kind"><see cref="First"/> or <see cref="Cut"/>.</param>
public sealed record PipelineShot(long Start, string Kind)
{
    /// <summary>The beginning of the clip.</summary>
    public const string First = "start";

    /// <summary>Presentation time of its first frame.</summary>
    public Rational Time { get; init; }

    /// <summary>A hard cut.</summary>
    public const string Cut = "cut";
}
