using System.Runtime.InteropServices;
using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary><see cref="Over"/> on whole planes of frames.</summary>
internal static class PlaneBlend
{
    /// <summary>Composites <paramref name="foreground"/> over <paramref name="background"/> into a new frame of the foreground's format and
    /// time, which the caller owns. Subsampled chroma goes by <see cref="ChromaAlpha"/>.</summary>
    /// <param name="foreground">Straight; borrowed.</param>
    /// <param name="alpha">Of its size; borrowed.</param>
    /// <param name="background">Of the same planes, depth and meaning; borrowed.</param>
    /// <param name="pool">Lends the memory.</param>
    public static VideoFrame Composite(VideoFrame foreground, AlphaMatte alpha, VideoFrame background, IFramePool pool)
    {
        FrameFormat format = foreground.Format;
        using AlphaMatte? chroma = format.ChromaShiftX == 1 ? ChromaAlpha.Rent(alpha, format, pool) : null;
        VideoFrame result = VideoFrame.Rent(pool, format, foreground.Time);
        result.StartsShot = foreground.StartsShot;
        for (int plane = 0; plane < format.PlaneCount; plane++)
        {
            ReadOnlySpan<ushort> a = format.IsChroma(plane) && chroma is not null ? chroma.Samples : alpha.Samples;
            Span<byte> f = foreground.PlaneBytes(plane), b = background.PlaneBytes(plane), r = result.PlaneBytes(plane);
            if (format.BytesPerSample == 1)
                Over.Blend(a, f, b, r);
            else
                Over.Blend(a, Words(f), Words(b), Words(r));
        }

        return result;
    }

    /// <summary>Blends full-size samples over one code, in place.</summary>
    /// <param name="alpha">As many as there are samples.</param>
    /// <param name="samples">8-bit samples, or 16-bit words as bytes.</param>
    /// <param name="code">What stands where alpha is 0.</param>
    /// <param name="bytesPerSample">1 or 2.</param>
    /// <param name="rowLength">Samples a row.</param>
    public static void OverCode(ReadOnlySpan<ushort> alpha, Span<byte> samples, int code, int bytesPerSample, int rowLength)
    {
        byte[] row = new byte[rowLength * bytesPerSample];
        if (bytesPerSample == 1)
            row.AsSpan().Fill((byte)code);
        else
            Words(row).Fill((ushort)code);
        for (int at = 0; at < alpha.Length; at += rowLength)
        {
            Span<byte> here = samples.Slice(at * bytesPerSample, row.Length);
            if (bytesPerSample == 1)
                Over.Blend(alpha.Slice(at, rowLength), here, row, here);
            else
                Over.Blend(alpha.Slice(at, rowLength), Words(here), Words(row), Words(here));
        }
    }

    private static Span<ushort> Words(Span<byte> bytes) => MemoryMarshal.Cast<byte, ushort>(bytes);
}
