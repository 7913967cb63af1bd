using VideoMatte.Frames;

namespace VideoMatte.Media.Stills;

/// <summary>Numbered pictures that are a clip: one kind, one size, no number missing.</summary>
/// <param name="Files">Absolute paths, by number.</param>
/// <param name="FirstNumber">In the first one's name.</param>
/// <param name="Rate">Frames a second they are shown at.</param>
/// <param name="RateIsAssumed">Nobody said the rate.</param>
public sealed record ImageSequence(IReadOnlyList<string> Files, long FirstNumber, Rational Rate, bool RateIsAssumed)
{
    /// <summary>Where nobody says another, as ffmpeg has it.</summary>
    public static readonly Rational DefaultRate = new(25);

    /// <summary>The largest part of a rate ffmpeg's reader of pictures takes; a finer one it rounds in silence.</summary>
    private const long MostOfARate = 1_001_000;

    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".tif", ".tiff", ".exr"];

    /// <summary>What that reader is told: the rate, or one it can keep exactly, whose times are then stretched to the rate's.</summary>
    internal Rational RateForFfmpeg => Rate.Numerator <= MostOfARate && Rate.Denominator <= MostOfARate ? Rate : DefaultRate;

    /// <summary>The name with the number's place in it, as ffmpeg reads it: every other % of the path stands for itself.</summary>
    internal string FfmpegPattern { get; init; } = "";

    /// <summary>ffmpeg's decoder of such pictures, by their bytes, whatever they are called.</summary>
    internal string Decoder { get; init; } = "";

    /// <summary>True for the name of a file that may be one of a folder's pictures: by its extension, and not hidden.</summary>
    /// <param name="name">Of the file, without its folder.</param>
    public static bool IsPicture(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !name.StartsWith('.') && Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
    }
}
