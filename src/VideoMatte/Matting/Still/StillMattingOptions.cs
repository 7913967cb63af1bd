using VideoMatte.Models;

namespace VideoMatte.Matting.Still;

/// <summary>What a still model is and how its matte is brought to the picture's size.</summary>
public sealed record StillMattingOptions
{
    /// <summary>Catalogue id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>Lower-case hex of the model file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Name, or <c>unknown</c>.</summary>
    public string Licence { get; init; } = "unknown";

    /// <summary>How it is fed.</summary>
    public required ModelInput Input { get; init; }

    /// <summary>Where its alpha stands.</summary>
    public required ModelOutput Output { get; init; }

    /// <summary>True: along the picture's edges (guided filter); false: linear interpolation.</summary>
    public bool Guided { get; init; } = true;
}
