using VideoMatte.Frames;

namespace VideoMatte.Media.Stills;

/// <summary>Completes what ffprobe says of a picture by what its head says.</summary>
internal static class StillProbe
{
    /// <summary>One picture: upright, its colours as they will be read.</summary>
    /// <param name="info">As ffprobe has it.</param>
    /// <param name="head">Null: of a kind whose head is not read; nothing changes then.</param>
    public static MediaInfo Of(MediaInfo info, StillHead? head)
    {
        if (head is null)
            return info;
        VideoStreamInfo video = Turn.Upright(info.Video, head.Orientation);
        // ffmpeg makes RGB of four inks and puts an opaque alpha beside it, which nobody gave.
        if (head.IsCmyk)
            video = video with { HasAlpha = false };
        if (head.Kind == "EXR")
            video = video with { Format = video.Format with { Colour = video.Format.Colour with { Transfer = DecoderCommand.ExrTransfer } } };
        return info with { Video = video, Still = head };
    }

    /// <summary>A sequence, by its first picture.</summary>
    /// <param name="first">Of the first file.</param>
    /// <param name="sequence">All of them.</param>
    /// <param name="path">As the user named it.</param>
    public static MediaInfo Of(MediaInfo first, ImageSequence sequence, string path)
    {
        Rational tick = Rational.One / sequence.Rate, length = new Rational(sequence.Files.Count) / sequence.Rate;
        return first with
        {
            Path = path,
            FormatName = "image2",
            Duration = length,
            StartTime = Rational.Zero,
            Sequence = sequence,
            Video = first.Video with
            {
                TimeBase = tick,
                AverageRate = sequence.Rate,
                NominalRate = sequence.Rate,
                FrameCount = sequence.Files.Count,
                StartTime = Rational.Zero,
                Duration = length,
            },
        };
    }
}
