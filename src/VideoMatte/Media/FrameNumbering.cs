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
    /// <param name="preset">Of the output.</param>
    /// <param name="source">For its timecode and rate.</param>
    /// <param name="time">Of the first picture, seconds in the source.</param>
    public long Resolve(Preset preset, MediaInfo source, Rational time)
    {
        ArgumentNullException.ThrowIfNull(preset);
        ArgumentNullException.ThrowIfNull(source);
        if (First is { } asked)
            return asked;
        if (!FromSource)
            return preset.Id == Presets.Exr.Id ? ExrFirst : 1;
        if (source.Sequence is { } sequence)
            return sequence.FirstNumber + FramesInto(source, time);
        return Math.Max(0, (FrameTimecode.Of(source)?.FirstFrame ?? 0) + FramesInto(source, time));
    }

    /// <summary>Whole frames from the source's first to <paramref name="time"/>, at its average rate.</summary>
    internal static long FramesInto(MediaInfo source, Rational time) =>
        (source.Video.AverageRate ?? source.Video.NominalRate) is { } rate && rate > Rational.Zero
            ? Math.Max(0, (long)Math.Round(((time - (source.Video.StartTime ?? Rational.Zero)) * rate).ToDouble()))
            : 0;
}
