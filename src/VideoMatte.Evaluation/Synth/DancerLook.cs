namespace VideoMatte.Evaluation.Synth;

/// <summary>What tells one dancer from another. Lengths are in the figure's own units: it stands 320 high.</summary>
internal sealed record DancerLook
{
    public required Tint Gown { get; init; }

    public required Tint GownShadow { get; init; }

    /// <summary>Of the hem, the belt and the dots.</summary>
    public required Tint Trim { get; init; }

    public required Tint Skin { get; init; }

    public required Tint SkinShadow { get; init; }

    public required Tint Hair { get; init; }

    public required Tint HairLight { get; init; }

    public required Tint Veil { get; init; }

    public bool Dots { get; init; }

    /// <summary>Reach of the hem before and behind the hips.</summary>
    public required double HemFront { get; init; }

    public required double HemBack { get; init; }

    public required double HairLength { get; init; }

    public required double VeilLength { get; init; }

    public required uint Seed { get; init; }
}
