using VideoMatte.Temporal.Smoothing;

namespace VideoMatte.Pipelines;

/// <summary>What a job would do, settled before frame 0; <c>--dry-run</c> prints it.</summary>
public sealed record MattingPlan
{
    public required string Input { get; init; }

    /// <summary>Each file that would be written.</summary>
    public required IReadOnlyList<PlannedOutput> Outputs { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Frames as the container counts or its duration tells; null where it says neither.</summary>
    public required long? Frames { get; init; }

    public required string? Rate { get; init; }

    /// <summary>What would be cut out of the source; null: nothing.</summary>
    public required SelectionReport? Selection { get; init; }

    /// <summary>Frames a second it would be conformed to, <c>n/d</c>; null: the source's own times.</summary>
    public required string? ConformTo { get; init; }

    /// <summary>The source's picture format in ffmpeg's name.</summary>
    public required string PixelFormat { get; init; }

    public required MattingResult.UsedModel Model { get; init; }

    /// <summary>The still model that stands in; null: none.</summary>
    public required MattingResult.UsedModel? Fallback { get; init; }

    /// <summary>As asked; <c>auto</c> is settled when the model is opened.</summary>
    public required string Provider { get; init; }

    public required double DownsampleRatio { get; init; }

    public required string Background { get; init; }

    /// <summary><c>source</c>, <c>model</c> or <c>estimate</c>.</summary>
    public required string Foreground { get; init; }

    public required string Smoothing { get; init; }

    /// <summary>0 (none) to 1; null where nothing is smoothed.</summary>
    public double? SmoothingStrength { get; init; }

    /// <summary>Frames <c>flow</c> looks at on either side; null where it does not.</summary>
    public SmoothingReach? SmoothingWindow { get; init; }

    /// <summary>Given mattes and edge tools, in the order they act: <c>alpha-in FILE</c>, <c>trimap FILE|auto[:R]</c> (<c>carried</c> where one is for several frames), <c>subject X,Y</c>, <c>source-alpha</c>, <c>levels B,W,GAMMA</c>,
    /// <c>grow PX</c>, <c>feather PX</c>, <c>despeckle PX</c>, <c>include FILE</c>, <c>exclude FILE</c>.</summary>
    public required IReadOnlyList<string> Mattes { get; init; }

    /// <summary><c>auto</c>, <c>off</c> or a file.</summary>
    public required string Shots { get; init; }

    /// <summary>Frames of pre-roll at each shot's start; a shorter shot uses what it has.</summary>
    public required int Warmup { get; init; }

    /// <summary>The stages, in order.</summary>
    public required IReadOnlyList<string> Stages { get; init; }

    public required long MemoryBoundBytes { get; init; }

    public required MattingResult.UsedFfmpeg Ffmpeg { get; init; }

    public required IReadOnlyList<MattingResult.Warning> Warnings { get; init; }

    /// <param name="Path">As the user named it.</param>
    /// <param name="Preset">Preset id.</param>
    /// <param name="Alpha"><c>straight</c>, <c>premultiplied</c>, <c>matte</c> (the matte is the picture) or <c>none</c>.</param>
    public sealed record PlannedOutput(string Path, string Preset, string Alpha);
}
