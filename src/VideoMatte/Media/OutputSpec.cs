namespace VideoMatte.Media;

/// <summary>One file to be written.</summary>
/// <param name="Path">As the user named it. For images a name with <c>%d</c>, <c>%04d</c> or <c>####</c> is a pattern, one file a frame.</param>
/// <param name="Preset">Kind of file.</param>
public sealed record OutputSpec(string Path, Preset Preset)
{
    /// <summary>The pictures come associated with black; they are 4:4:4 or RGB then. Written into tags where a container has them.</summary>
    public bool Premultiplied { get; init; }

    /// <summary>Only the matte is written, as grey: 16 bits in ffv1, png and tiff, 8 in jpeg and h264.</summary>
    public bool MatteOnly { get; init; }

    /// <summary>Only the straight foreground picture is written, without alpha, also where the frame has a composite or associated planes.</summary>
    public bool ForegroundOnly { get; init; }

    /// <summary>The picture is a composite: no alpha is written where the preset could hold one.</summary>
    public bool Composite { get; init; }

    public AudioMode Audio { get; init; } = AudioMode.Auto;

    /// <summary>What was cut and at which rate frames are written. Default: nothing, the source's own times.</summary>
    public OutputTiming Timing { get; init; } = OutputTiming.Source;

    /// <summary>An existing file is replaced, once the new one is whole.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Of a sequence's pictures.</summary>
    public FrameNumbering Numbering { get; init; } = FrameNumbering.Default;

    /// <summary>EXR keeps the source's codes 0..1 in place of linear light.</summary>
    public bool KeepsTransfer { get; init; }

    /// <summary>It is numbered pictures.</summary>
    internal bool IsSequence => Preset.Container == MediaContainer.Images && ImagePattern.Of(Path) is not null;

    internal bool IsExr => Preset.Id == Presets.Exr.Id;

    /// <summary>It goes to standard output.</summary>
    public bool IsPipe => Preset.Container == MediaContainer.Nut;

    /// <summary>Where a pipe's bytes go; stays the caller's.</summary>
    public Stream? Pipe { get; init; }

    /// <summary>The ffmpeg in use decodes no alpha of this codec: the look into the finished file leaves it out.</summary>
    internal bool AlphaIsUnreadable { get; init; }

    /// <summary>Written to see what it takes and weighs, and thrown away: nobody looks into the finished file.</summary>
    internal bool IsTrial { get; init; }

    /// <summary>The file holds a matte beside the picture.</summary>
    public bool HasAlpha => Preset.CarriesAlpha && !MatteOnly && !ForegroundOnly && !Composite;
}
