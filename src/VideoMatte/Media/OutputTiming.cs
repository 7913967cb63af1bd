using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>How an output's time relates to its source's: what was cut, and at which rate frames are written.</summary>
public sealed record OutputTiming
{
    /// <summary>The source's own times, all of it.</summary>
    public static OutputTiming Source { get; } = new();

    /// <summary>The source's presentation time that is 0 in the output; sound, subtitles and chapters move by as much. Default: 0.</summary>
    public Rational Origin { get; init; }

    /// <summary>Only a part is written: sound, subtitles and chapters before time 0 are left out. Default: false.</summary>
    public bool IsCut { get; init; }

    /// <summary>Where the part ends, seconds in the output; null: at the source's end.</summary>
    public Rational? End { get; init; }

    /// <summary>Frames a second: a frame is written once for every tick of its duration, which is a whole number of them. Null: once, at its
    /// own time.</summary>
    public Rational? Rate { get; init; }

    /// <summary>Of the first frame; null: the source's track is copied, or there is none.</summary>
    public Timecode? Timecode { get; init; }

    /// <summary>Exact frames a second of <see cref="Timecode"/>.</summary>
    public Rational TimecodeRate { get; init; }

    /// <summary>How often a frame is written: at a constant rate once for each tick it lasts.</summary>
    internal long TimesOf(FrameTime frame) => Rate is { } rate ? Math.Max(1, (frame.Duration * rate).ToTicks(Rational.One)) : 1;
}
