namespace VideoMatte.Pipelines;

/// <summary>What <c>--preview</c> found out without writing a clip.</summary>
public sealed record PreviewResult
{
    public required string Input { get; init; }

    /// <summary>The contact sheet, PNG: picture, alpha and cutout of each frame.</summary>
    public required string Sheet { get; init; }

    /// <summary>Presentation times of the frames shown, seconds.</summary>
    public required IReadOnlyList<double> Times { get; init; }

    /// <summary>Shots seen in the part that was scanned.</summary>
    public required int Shots { get; init; }

    public required MattingResult.UsedModel Model { get; init; }

    public required string Provider { get; init; }

    public required double DownsampleRatio { get; init; }

    /// <summary>What the whole job would take, seconds; null where the length is unknown.</summary>
    public required double? EstimatedSeconds { get; init; }

    /// <summary>What the output would weigh; null where the length or the preset is unknown.</summary>
    public required long? EstimatedBytes { get; init; }

    /// <summary>What the job's own warnings would be, as far as the looks tell, and where they cannot show what it will make.</summary>
    public required IReadOnlyList<MattingResult.Warning> Warnings { get; init; }

    /// <summary>What the preview itself took.</summary>
    public required double Seconds { get; init; }
}
