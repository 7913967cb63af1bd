namespace VideoMatte.Pipelines;

/// <summary>What the user chose for the foreground's colour.</summary>
public sealed record ForegroundSettings
{
    public ForegroundMode Mode { get; init; }

    /// <summary><c>auto</c>, <c>off</c> or the screen's colour.</summary>
    public string Despill { get; init; } = "auto";

    /// <summary>A second file with the straight foreground picture, by its extension; null: none.</summary>
    public string? Output { get; init; }
}
