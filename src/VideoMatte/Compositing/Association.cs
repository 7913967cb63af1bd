using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>Straight planes made premultiplied: associated with black, offsets kept, Y = black + a (Y - black), C = mid + a (C - mid).
/// Only at full-size chroma: at 4:2:0 an associated chroma sample would exceed what its luma samples' alphas allow.</summary>
public static class Association
{
    /// <summary>What <see cref="Premultiply"/> gives for frames of this format: subsampled chroma becomes 4:4:4, all else stays.</summary>
    public static FrameFormat OutputFormat(FrameFormat format) => ChromaUpsampling.FullFormat(format);

    /// <summary>The associated planes as a new frame of <see cref="OutputFormat"/>, with the foreground's time; the caller owns
    /// it.</summary>
    /// <param name="foreground">Straight; borrowed.</param>
    /// <param name="alpha">Of its size; borrowed.</param>
    /// <param name="pool">Lends the memory.</param>
    /// <exception cref="ArgumentException">Sizes differ.</exception>
    public static VideoFrame Premultiply(VideoFrame foreground, AlphaMatte alpha, IFramePool pool)
    {
        ArgumentNullException.ThrowIfNull(foreground);
        ArgumentNullException.ThrowIfNull(alpha);
        FrameFormat format = OutputFormat(foreground.Format);
        if (alpha.Width != format.Width || alpha.Height != format.Height)
            throw new ArgumentException("premultiply: the matte is not of the foreground's size", nameof(alpha));
        VideoFrame result = VideoFrame.Rent(pool, format, foreground.Time);
        result.StartsShot = foreground.StartsShot;
        for (int plane = 0; plane < format.PlaneCount; plane++)
        {
            Span<byte> samples = result.PlaneBytes(plane);
            ChromaUpsampling.Expand(foreground, plane, samples);
            int code = format.IsChroma(plane) ? format.NeutralCode : format.BlackCode;
            PlaneBlend.OverCode(alpha.Samples, samples, code, format.BytesPerSample, format.Width);
        }

        return result;
    }
}
