using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Judges, at the end of a stream, whether it was the whole source. No single sign is enough: ffmpeg exits with 0 after half a
/// file, says something about a file that was read whole, and a container's count may include frames nobody shows.</summary>
internal static class SourceEnd
{
    /// <summary>ffmpeg's exit where most packets could not be decoded; the frames that came are good.</summary>
    public const int MostlyErrors = 69;

    /// <summary>ffmpeg's words for a raw frame that ends too soon.</summary>
    private const string CutFrame = "Invalid buffer size";

    /// <summary>Sound may be longer than pictures by this much in an honest file; only then is a container's duration a sign.</summary>
    private static readonly Rational Slack = new(1, 2);

    /// <param name="info">What the container announced.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="frames">Frames that came, 1 or more.</param>
    /// <param name="last">Presentation time of the last.</param>
    /// <param name="exitCode">Of the decoder.</param>
    /// <param name="errors">The end of its standard error, as far as it is about the frames that were asked for.</param>
    /// <param name="fromTheStart">Every frame of the source came, none before the first was left out.</param>
    /// <returns>A warning, or null where all is well.</returns>
    public static MatteWarning? Judge(MediaInfo info, ReaderOptions options, long frames, Rational last, int exitCode, string errors, bool fromTheStart)
    {
        bool spoke = errors.AsSpan().Trim().Length > 0 && options.Seek is null;
        if (!options.ReadsToTheEnd)
            return spoke ? DamagedAt(info, frames, errors) : null;
        if (info.IsPipe && errors.Contains(CutFrame, StringComparison.Ordinal))
            return new MatteWarning("source-truncated", Truncated(info, frames), NotAsAsked: true);
        VideoStreamInfo video = info.Video;
        Rational frame = video.AverageRate is { } rate ? Rational.One / rate : Rational.Zero;
        bool endsEarly = video.Duration is { } duration && last + frame + frame < (video.StartTime ?? Rational.Zero) + duration - frame;
        bool tooFew = fromTheStart && video.FrameCount is { } count && frames < count;
        // Matroska counts its duration from 0, not from its first frame.
        Rational begin = info.StartTime < Rational.Zero ? info.StartTime : Rational.Zero;
        bool fileIsLonger = video.Duration is null && info.Duration is { } whole
            && last + frame + frame + Slack < begin + whole && (spoke || info.Audio.Count == 0);
        if ((endsEarly && (tooFew || video.FrameCount is null || !fromTheStart)) || fileIsLonger)
            return new MatteWarning("source-truncated", Truncated(info, frames), NotAsAsked: true);
        if (spoke || exitCode == MostlyErrors)
            return DamagedAt(info, frames, errors);
        return null;
    }

    /// <summary>The warning for a part of a source in which the decoder complained.</summary>
    public static MatteWarning DamagedAt(MediaInfo info, long frames, string errors) =>
        new("source-damaged", Damaged(info, frames, errors), NotAsAsked: true);

    private static string Truncated(MediaInfo info, long frames) => string.Create(
        CultureInfo.InvariantCulture,
        $"{info.Path} ends early: {frames} frames could be read{(info.Video.FrameCount is { } count ? $" of {count}" : "")}; {(info.IsPipe ? "the pipe" : "the file")} is cut off.");

    private static string Damaged(MediaInfo info, long frames, string errors)
    {
        string line = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("nothing");
        const int longest = 200;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{info.Path} is damaged: {frames} frames were read, some may be wrong; the decoder said: {(line.Length > longest ? line[..longest] : line)}");
    }
}
