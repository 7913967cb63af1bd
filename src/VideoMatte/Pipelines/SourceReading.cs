using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>How a job's source is read, settled from what it holds and what was asked.</summary>
/// <param name="Options">For the reader.</param>
/// <param name="Format">Of the frames that come.</param>
/// <param name="Rate">Frames a second to conform to; null: the source's own times.</param>
/// <param name="FrameCount">Source frames expected; null where the source does not say.</param>
/// <param name="Warnings">What is not as in the source.</param>
internal sealed record SourceReading(
    ReaderOptions Options, FrameFormat Format, Rational? Rate, long? FrameCount, IReadOnlyList<MatteWarning> Warnings)
{
    /// <exception cref="MatteException">Usage: <c>interlaced</c>, <c>rate-unknown</c>, <c>rate-of-a-still</c>, <c>size-too-large</c>.</exception>
    public static SourceReading Of(MediaInfo source, SourceOptions asked, long maxPixels)
    {
        VideoStreamInfo video = source.Video;
        List<MatteWarning> warnings = [];
        if (video.IsInterlaced && !asked.Deinterlace)
            throw Usage("interlaced", $"{source.Path} is interlaced ({video.FieldOrder}), and a matte of two fields in a frame has combs for edges: leave --deinterlace off out.");
        if (video.IsInterlaced)
            warnings.Add(new("interlaced", "The source is interlaced: its two fields are made one whole picture, one a frame; --deinterlace off refuses such sources."));
        FrameFormat format = asked.Size is { } size ? Sized(video.Format, size, maxPixels) : video.Format;
        var options = new ReaderOptions
        {
            Target = format == video.Format ? null : format,
            Fit = Fit.Stretch,
            Selection = asked.Selection.IsAny ? asked.Selection : null,
            Deinterlace = video.IsInterlaced,
            MaxPixels = maxPixels,
        };
        return new SourceReading(options, format, RateOf(source, asked.Rate), Count(source, asked.Selection), warnings);
    }

    /// <summary>A frame's index is the source's: the part begins where the source does, and no frame is doubled or left out for a rate.</summary>
    public bool KeepsIndices => Options.Selection?.Start is null && Rate is null;

    /// <summary>For looking around in the clip: the whole picture of the job, no selection.</summary>
    public ReaderOptions Plain => Options with { Selection = null };

    private static FrameFormat Sized(FrameFormat source, (int Width, int Height) size, long maxPixels)
    {
        if ((long)size.Width * size.Height > maxPixels)
            throw Usage("size-too-large", string.Create(
                CultureInfo.InvariantCulture, $"--size {size.Width}x{size.Height} is more than the {maxPixels} pixels allowed; raise --max-pixels or choose a smaller one."));
        if (size.Width == source.Width && size.Height == source.Height)
            return source;
        // The picture keeps its shape on the screen: what the size changes, the shape of a sample takes back.
        Rational aspect = source.SampleAspect * new Rational(source.Width, source.Height) * new Rational(size.Height, size.Width);
        return source with { Width = size.Width, Height = size.Height, SampleAspect = aspect };
    }

    private static Rational? RateOf(MediaInfo source, string asked)
    {
        // Numbered pictures have no other rate than the one they are given.
        if (asked == "keep" || source.Sequence is not null)
            return null;
        if (source.IsStillImage)
            throw Usage("rate-of-a-still", $"{source.Path} is one picture and has no frame rate: leave --rate out.");
        if (asked == "source-average")
            return source.Video.AverageRate is { } average
                ? FrameRates.Snap(average)
                : throw Usage("rate-unknown", $"{source.Path} does not say its average rate: name one, as in --rate 25.");
        return FrameRates.TryParse(asked, out Rational rate)
            ? rate
            : throw Usage("rate", $"--rate is keep, source-average, or frames a second such as 25, 29.97 or 30000/1001, not '{asked}'.");
    }

    /// <summary>Frames as the container counts or its duration tells, of the part asked for.</summary>
    private static long? Count(MediaInfo source, FrameSelection selection)
    {
        VideoStreamInfo video = source.Video;
        Rational? duration = video.Duration ?? source.Duration;
        long? all = video.FrameCount ?? (duration is { } length && video.AverageRate is { } mean ? (length * mean).ToTicks(Rational.One) : null);
        if (!selection.IsAny)
            return all;
        long? most = all;
        if (video.AverageRate is { } rate && (selection.Start is not null || selection.End is not null))
        {
            long from = Ceiling((selection.Start ?? Rational.Zero) * rate);
            long? to = selection.End is { } end ? Ceiling(end * rate) : null;
            to = to is { } until && all is { } count ? Math.Min(until, count) : to ?? all;
            most = to is { } last ? Math.Max(0, last - from) : null;
        }

        return selection.Frames is { } frames ? Math.Min(frames, most ?? frames) : most;
    }

    private static long Ceiling(Rational value) => (value.Numerator + value.Denominator - 1) / value.Denominator;

    private static MatteException Usage(string code, string message) => new(ErrorKind.Usage, code, message);
}
