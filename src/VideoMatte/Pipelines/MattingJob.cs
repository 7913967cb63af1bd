using VideoMatte.Temporal.Smoothing;

namespace VideoMatte.Pipelines;

/// <summary>One input to be matted, with everything the user chose. Null and "auto" values are settled by the plan.</summary>
public sealed record MattingJob
{
    /// <summary>8192 x 8192.</summary>
    public const long DefaultMaxPixels = 8192L * 8192;

    /// <summary>Half of the frame before is kept.</summary>
    public const double DefaultSmoothingStrength = 0.5;

    /// <summary>As the user named it.</summary>
    public required string Input { get; init; }

    /// <summary>As the user named it; null where only a plan or a preview is wanted.</summary>
    public string? Output { get; init; }

    /// <summary>Preset id; null: by the output's extension.</summary>
    public string? Preset { get; init; }

    /// <summary>How the job was asked for, word by word behind the verb, so that a hint can repeat it with another option; empty: not
    /// known.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>True associated, false straight, null the preset's own.</summary>
    public bool? Premultiplied { get; init; }

    /// <summary>Catalogue id, alias, or a path that ends in <c>.onnx</c>; null: DESIGN's rule (rvm where installed).</summary>
    public string? Model { get; init; }

    /// <summary><c>auto</c>, <c>cpu</c>, <c>cuda</c>, <c>tensorrt</c>, <c>directml</c>, <c>coreml</c>.</summary>
    public string Provider { get; init; } = "auto";

    /// <summary>In (0, 1]; null: min(1, 512 / longer side).</summary>
    public double? DownsampleRatio { get; init; }

    /// <summary>How a still model's small matte is brought to the picture's size: <c>guided</c> (along the picture's edges) or <c>bilinear</c>.</summary>
    public string Upsampling { get; init; } = "guided";

    /// <summary>Id or file of a still model that stands in where a recurrent one loses the subject; null: none.</summary>
    public string? Fallback { get; init; }

    /// <summary><c>none</c>, a colour (<c>#rrggbb</c> or a name), <c>blur[:R]</c>, or a file.</summary>
    public string Background { get; init; } = "none";

    /// <summary>The colour of the band and outside.</summary>
    public ForegroundSettings Foreground { get; init; } = new();

    /// <summary><c>auto</c> (flow for networks, else off), <c>off</c>, <c>average</c>, <c>flow</c>.</summary>
    public string Smoothing { get; init; } = "auto";

    /// <summary>0 (none) to 1; null: <see cref="DefaultSmoothingStrength"/>.</summary>
    public double? SmoothingStrength { get; init; }

    /// <summary>How far <c>flow</c> looks; null: as the model wants it.</summary>
    public SmoothingReach? SmoothingWindow { get; init; }

    /// <summary>True: cuts are looked for and state is reset there.</summary>
    public bool Shots { get; init; } = true;

    /// <summary>A list of shots (<see cref="Temporal.ShotList"/>) in place of looking for them; null: none.</summary>
    public string? ShotList { get; init; }

    /// <summary>Frames of a shot's start that a recurrent model sees backwards before its first, 0 or more; null: as the model wants it.</summary>
    public int? Warmup { get; init; }

    /// <summary>Image or clip of the empty scene; seeds the plate model.</summary>
    public string? CleanPlate { get; init; }

    /// <summary>Given mattes and edge tools.</summary>
    public MatteSettings Mattes { get; init; } = MatteSettings.None;

    /// <summary>EXR and numbered pictures.</summary>
    public SequenceSettings Sequence { get; init; } = new();

    /// <summary>The full 16-bit matte as FFV1 gray16, .mkv.</summary>
    public string? AlphaOutput { get; init; }

    /// <summary>A PNG of frames spread over the clip (picture, alpha, cutout); null: none.</summary>
    public string? ContactSheet { get; init; }

    /// <summary>Frames on the contact sheet.</summary>
    public int ContactSheetFrames { get; init; } = 8;

    /// <summary><c>auto</c>, <c>copy</c>, <c>none</c>.</summary>
    public string Audio { get; init; } = "auto";

    /// <summary>Part, rate and size of the source. Default: all of it, as it is.</summary>
    public SourceOptions Source { get; init; } = SourceOptions.Default;

    public bool Overwrite { get; init; }

    public bool Lenient { get; init; }

    public bool Offline { get; init; }

    public bool AcceptLicence { get; init; }

    public bool AcceptUnpinned { get; init; }

    /// <summary>Threads of the network; 0: all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Largest picture read, in pixels.</summary>
    public long MaxPixels { get; init; } = DefaultMaxPixels;

    /// <summary>Explicit ffmpeg; null: environment, then PATH.</summary>
    public string? Ffmpeg { get; init; }
}
