using VideoMatte.Frames;

namespace VideoMatte.Pipelines;

/// <param name="Start">Index of the shot's first frame.</param>
/// <param name="Kind"><see cref="First"/>, <see cref="Cut"/>, <see cref="Dissolve"/>, <see cref="Fade"/> or <see cref="List"/>.</param>
public sealed record PipelineShot(long Start, string Kind)
{
    /// <summary>The beginning of the clip.</summary>
    public const string First = "start";

    /// <summary>Presentation time of its first frame.</summary>
    public Rational Time { get; init; }

    /// <summary>A hard cut.</summary>
    public const string Cut = "cut";

    /// <summary>The first whole frame after a dissolve.</summary>
    public const string Dissolve = "dissolve";

    /// <summary>A picture that comes out of black, or of another blank.</summary>
    public const string Fade = "fade";

    /// <summary>Where a list of shots says so.</summary>
    public const string List = "list";
}
