using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The number of a sequence's first picture.</summary>
/// <param name="First">As asked; null: the preset's own, 1001 for EXR as film pipelines count, 1 for the others.</param>
/// <param name="FromSource">By the source: a sequence's own numbers, frames of its timecode, else its own frames from 0, at the first picture written.</param>
public sealed record FrameNumbering(long? First = null, bool FromSource = false)
{
    private const long ExrFirst = 1001;

    /// <summary>The preset's own.</summary>
    public static FrameNumbering Default { get; } = new();

    /// <summary>The number of the first picture.</summary>
    /// <param name="output">For its kind, and what was cut.</param>
    /// <param name="source">For its timecode and rate.</param>
    /// <param name="time">Of the first picture, seconds in the output.</param>
    public long Resolve(OutputSpec output, MediaInfo source, Rational time)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(source);
        if (First is { } asked)
            return asked;
        if (!FromSource)
            return output.Preset.Id == Presets.Exr.Id ? ExrFirst : 1;
        if (source.Sequence is { } sequence)
            return sequence.FirstNumber + FramesInto(source, output.Timing, time);
        return (output.Timing.Timecode ?? SourceTimecode.Find(source))?.FrameNumber ?? FramesInto(source, output.Timing, time);
    }

    /// <summary>Whole frames from the source's first to the output's <paramref name="time"/>, at the rate of the output.</summary>
    private static long FramesInto(MediaInfo source, OutputTiming timing, Rational time) =>
        (timing.Rate ?? source.Video.AverageRate ?? source.Video.NominalRate) is { } rate && rate > Rational.Zero
            ? Math.Max(0, ((time + timing.Origin - (source.Video.StartTime ?? Rational.Zero)) * rate).ToTicks(Rational.One))
            : 0;
}
