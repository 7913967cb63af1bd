using VideoMatte.Evaluation.Metrics;

namespace VideoMatte.Evaluation.Scoring;

/// <summary>How clips are scored.</summary>
public sealed record ScoringSettings
{
    /// <summary>The form of Grad. Default: the mattes as they are.</summary>
    public GradVariant Grad { get; init; }

    /// <summary>Round both mattes to 8 bits first, round(255 a), as the published evaluation reads them. Default: all bits count.</summary>
    public bool EightBits { get; init; }

    /// <summary>Index of the first frame that is scored, 0 or more; it has none before it. Default: 0.</summary>
    public int From { get; init; }

    /// <summary>Score at most so many frames, 1 or more; null: all.</summary>
    public int? Frames { get; init; }

    /// <summary>Largest picture that is read, in pixels.</summary>
    public required long MaxPixels { get; init; }
}
