using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Temporal.Smoothing;

namespace VideoMatte.Pipelines;

/// <summary>What a job did; the program prints it as JSON. Null where it was not known before an error.</summary>
public sealed record MattingResult
{
    /// <summary>As the user named it.</summary>
    public required string Input { get; init; }

    public IReadOnlyList<Output> Outputs { get; init; } = [];

    /// <summary>Frames the decoder gave.</summary>
    public long FramesIn { get; init; }

    /// <summary>Frames in each output, counted after writing.</summary>
    public long FramesOut { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary>Average frames per second of the source as <c>n/d</c>; null for a still.</summary>
    public string? Rate { get; init; }

    public UsedModel? Model { get; init; }

    /// <summary>The provider that ran: <c>cpu</c>, <c>cuda</c>, ...</summary>
    public string? Provider { get; init; }

    /// <summary>In (0, 1].</summary>
    public double? DownsampleRatio { get; init; }

    /// <summary>What was cut out of the source; null: nothing, all of it was taken.</summary>
    public SelectionReport? Selection { get; init; }

    /// <summary>The rate frames were brought to; null: the source's own times.</summary>
    public Conformed? Conform { get; init; }

    public IReadOnlyList<Shot> Shots { get; init; } = [];

    /// <summary><c>off</c>, <c>average</c> or <c>flow</c>: what was done, not what was asked.</summary>
    public string? Smoothing { get; init; }

    /// <summary>0 (none) to 1; null where nothing is smoothed.</summary>
    public double? SmoothingStrength { get; init; }

    /// <summary>Frames <c>flow</c> looks at on either side; null where it does not.</summary>
    public SmoothingReach? SmoothingWindow { get; init; }

    /// <summary>Frames of pre-roll at each shot's start; a shorter shot used what it had.</summary>
    public int? Warmup { get; init; }

    /// <summary>Frames that came from the fallback model.</summary>
    public IReadOnlyList<FallbackRange> Fallback { get; init; } = [];

    /// <summary>Wall time from the first look at the input to the last rename.</summary>
    public double Seconds { get; init; }

    /// <summary>FramesOut over the seconds the pipeline ran.</summary>
    public double Fps { get; init; }

    public IReadOnlyList<Stage> Stages { get; init; } = [];

    /// <summary>Peak resident memory of this process (children not counted).</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>What the frames alive in the pipeline, the network's inputs, outputs and states, and the frames of background and given
    /// mattes can need at most. The network's inner results and the encoders' own memory are not in it.</summary>
    public long MemoryBoundBytes { get; init; }

    public UsedFfmpeg? Ffmpeg { get; init; }

    public IReadOnlyList<Warning> Warnings { get; init; } = [];

    public Failure? Error { get; init; }

    /// <param name="Path">As the user named it.</param>
    /// <param name="Preset">Preset id.</param>
    /// <param name="Bytes">On disk.</param>
    public sealed record Output(string Path, string Preset, long Bytes);

    /// <param name="Sha256">Of the model's own file.</param>
    /// <param name="Parts">The files beside it that belong to it: weights outside the graph, a prompt network's decoder.</param>
    public sealed record UsedModel(string? Id, string Sha256, string Licence, string Family, IReadOnlyList<ModelPart> Parts);

    /// <param name="Rate">Frames a second, <c>n/d</c>.</param>
    /// <param name="Repeated">Frames written once more than the source has them.</param>
    /// <param name="Dropped">Source frames that are not in the output.</param>
    public sealed record Conformed(string Rate, long Repeated, long Dropped);

    /// <param name="Start">Index of its first frame.</param>
    /// <param name="Kind"><c>start</c> or <c>cut</c>.</param>
    public sealed record Shot(long Start, string Kind);

    public sealed record FallbackRange(long From, long To, string Reason);

    /// <param name="Busy">0..1 of the pipeline's time.</param>
    public sealed record Stage(string Name, double Busy, long Frames);

    public sealed record UsedFfmpeg(string Path, string Version);

    public sealed record Warning(string Code, string Message, long? Frame);

    public sealed record Failure(string Code, int Exit, string Message, string? Stage, long? Frame);

    /// <summary>True where a warning says that the result is not what was asked.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool NotAsAsked { get; init; }
}
