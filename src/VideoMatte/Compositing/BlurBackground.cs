using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>The source's own room out of focus: a Gaussian blur (by three boxes, on cells far smaller than the blur, so that its cost does
/// not grow with the radius) in which each pixel weighs (1 - alpha)^4: the subject lends nothing to what is behind it and throws no
/// halo.</summary>
public sealed class BlurBackground : IBackgroundSource
{
    /// <summary>The smallest radius, in pixels.</summary>
    public const double LeastRadius = 2;

    /// <summary>The largest radius, in pixels.</summary>
    public const double MostRadius = 1000;

    private const double DefaultPartOfHeight = 0.03;

    private readonly double? _radius;
    private readonly IFramePool _pool;
    private VideoFrame? _frame;
    private BlurGrid? _luma;
    private BlurGrid? _chroma;

    /// <param name="radius">Standard deviation in luma pixels, as CSS's <c>blur()</c> counts, 2 to 1000; null: 3 % of the height.</param>
    /// <param name="pool">Lends the frame.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is not 2 to 1000.</exception>
    public BlurBackground(double? radius, IFramePool pool)
    {
        if (radius is not (null or (>= LeastRadius and <= MostRadius)))
            throw new ArgumentOutOfRangeException(nameof(radius), radius, "blur: the radius is 2 to 1000 pixels");
        _radius = radius;
        _pool = pool;
    }

    public VideoFrame Next(MattedFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        VideoFrame picture = frame.Picture, result = Prepare(picture.Format);
        bool subsampled = picture.Format.ChromaShiftX == 1;
        Blur(_luma!, picture, result, subsampled ? ..1 : .., frame.Alpha.Samples);
        if (subsampled)
        {
            using AlphaMatte alpha = ChromaAlpha.Rent(frame.Alpha, picture.Format, _pool);
            Blur(_chroma!, picture, result, 1.., alpha.Samples);
        }

        return result;
    }

    /// <summary>Every frame is blurred for itself: nothing to do.</summary>
    public void Reset()
    {
    }

    public void Dispose()
    {
        _frame?.Dispose();
        _frame = null;
    }

    private static void Blur(BlurGrid grid, VideoFrame picture, VideoFrame result, Range planes, ReadOnlySpan<ushort> alpha)
    {
        (int first, int count) = planes.GetOffsetAndLength(picture.Format.PlaneCount);
        grid.Weigh(alpha);
        for (int i = 0; i < count; i++)
        {
            if (picture.Format.BytesPerSample == 1)
                grid.Gather<byte>(i, picture.Plane8(first + i).Samples, alpha);
            else
                grid.Gather<ushort>(i, picture.Plane16(first + i).Samples, alpha);
        }

        grid.Blur();
        for (int i = 0; i < count; i++)
        {
            if (picture.Format.BytesPerSample == 1)
                grid.Expand(i, result.Plane8(first + i).Samples);
            else
                grid.Expand(i, result.Plane16(first + i).Samples);
        }
    }

    private VideoFrame Prepare(FrameFormat format)
    {
        if (_frame is not null && _frame.Format == format)
            return _frame;
        _frame?.Dispose();
        _frame = null;
        double sigma = _radius ?? Math.Max(LeastRadius, DefaultPartOfHeight * format.Height);
        _luma = new BlurGrid(format.Width, format.Height, sigma, sigma);
        _chroma = format.ChromaShiftX == 1
            ? new BlurGrid(format.PlaneWidth(1), format.PlaneHeight(1), sigma / 2, sigma / (1 << format.ChromaShiftY))
            : null;
        return _frame = VideoFrame.Rent(_pool, format, default);
    }
}
