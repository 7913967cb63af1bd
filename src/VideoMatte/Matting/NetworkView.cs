using System.Globalization;
using System.Runtime.InteropServices;
using VideoMatte.Frames;

namespace VideoMatte.Matting;

/// <summary>The network's view of a frame: R'G'B' floats 0..1, planar (NCHW with N = 1), written straight from the planes. Keeps its row
/// buffers; used by one thread at a time.</summary>
/// <remarks>Chroma is interpolated linearly by its siting; range and matrix are those of the format (<see cref="ColourTransform"/>).
/// From 8-bit planes the values are rounded to steps of 1/255, from deeper ones they are not.
/// The view is display-referred and takes codes as they are, but for PQ and HLG, which <see cref="HdrView"/> brings to what the networks
/// were trained on; for this view only, the planes stay as they are.</remarks>
public sealed class NetworkView
{
    private float[] _cbHalf = [];
    private float[] _crHalf = [];
    private float[] _cb = [];
    private float[] _cr = [];
    private FrameFormat? _hdrFormat;
    private HdrView? _hdr;

    /// <summary>False for PQ and HLG, which are tone-mapped for this view.</summary>
    public static bool IsDisplayReferred(FrameFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return format.Colour.Transfer is not (ColourTransfer.Pq or ColourTransfer.Hlg);
    }

    /// <summary>What a user is told of frames of this format; null: nothing.</summary>
    internal static MatteWarning? Notice(FrameFormat format) => IsDisplayReferred(format)
        ? null
        : new MatteWarning("hdr-view", "The picture is HDR (PQ or HLG): the network sees it tone-mapped to SDR; the files keep its own codes.");

    /// <param name="frame">Borrowed.</param>
    /// <param name="rgb">3 x Height x Width values: the planes R, G, B. All are written.</param>
    /// <exception cref="ArgumentException"><paramref name="rgb"/> has another length.</exception>
    public void Write(VideoFrame frame, Span<float> rgb)
    {
        ArgumentNullException.ThrowIfNull(frame);
        int pixels = frame.Format.Width * frame.Format.Height;
        if (rgb.Length != 3 * pixels)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{pixels} pixels are 3 values each, not {rgb.Length}"));
        Span<float> r = rgb[..pixels], g = rgb.Slice(pixels, pixels), b = rgb[(2 * pixels)..];
        if (frame.Format.BytesPerSample == 1)
            Write<byte>(frame, r, g, b);
        else
            Write<ushort>(frame, r, g, b);
        if (IsDisplayReferred(frame.Format))
            return;
        if (_hdrFormat != frame.Format)
            (_hdr, _hdrFormat) = (HdrView.For(frame.Format), frame.Format);
        _hdr!.Apply(r, g, b);
    }

    private static ReadOnlySpan<T> Plane<T>(VideoFrame frame, int plane)
        where T : unmanaged
        => MemoryMarshal.Cast<byte, T>(frame.PlaneBytes(plane));

    private void Write<T>(VideoFrame frame, Span<float> r, Span<float> g, Span<float> b)
        where T : unmanaged
    {
        ColourTransform transform = new(frame.Format);
        switch (frame.Format.Layout)
        {
            case PlaneLayout.Gray:
                ViewKernel.Scale(Plane<T>(frame, 0), transform.LumaOffset, transform.LumaSpan, r);
                r.CopyTo(g);
                r.CopyTo(b);
                break;
            case PlaneLayout.Gbr:
                ViewKernel.Scale(Plane<T>(frame, 0), transform.LumaOffset, transform.LumaSpan, g);
                ViewKernel.Scale(Plane<T>(frame, 1), transform.LumaOffset, transform.LumaSpan, b);
                ViewKernel.Scale(Plane<T>(frame, 2), transform.LumaOffset, transform.LumaSpan, r);
                break;
            default:
                WriteRows<T>(frame, transform, r, g, b);
                break;
        }
    }

    private void WriteRows<T>(VideoFrame frame, in ColourTransform transform, Span<float> r, Span<float> g, Span<float> b)
        where T : unmanaged
    {
        FrameFormat format = frame.Format;
        int width = format.Width, chromaWidth = format.PlaneWidth(1);
        Grow(width, chromaWidth);
        ReadOnlySpan<T> luma = Plane<T>(frame, 0), cb = Plane<T>(frame, 1), cr = Plane<T>(frame, 2);
        Span<float> cbRow = _cb.AsSpan(0, width), crRow = _cr.AsSpan(0, width);
        for (int y = 0; y < format.Height; y++)
        {
            (int near, int far, float weight) = ChromaRows(format, y);
            Row(cb.Slice(near * chromaWidth, chromaWidth), cb.Slice(far * chromaWidth, chromaWidth), weight, format, _cbHalf, cbRow);
            Row(cr.Slice(near * chromaWidth, chromaWidth), cr.Slice(far * chromaWidth, chromaWidth), weight, format, _crHalf, crRow);
            int at = y * width;
            ViewKernel.ToRgb(
                luma.Slice(at, width), cbRow, crRow, transform, r.Slice(at, width), g.Slice(at, width), b.Slice(at, width));
        }
    }

    private static void Row<T>(
        ReadOnlySpan<T> near, ReadOnlySpan<T> far, float weight, FrameFormat format, float[] half, Span<float> full)
        where T : unmanaged
    {
        if (format.ChromaShiftX == 0)
        {
            ViewKernel.Blend(near, far, weight, format.NeutralCode, full);
            return;
        }

        Span<float> row = half.AsSpan(0, near.Length);
        ViewKernel.Blend(near, far, weight, format.NeutralCode, row);
        if (ChromaSites.OnColumn(format))
            ViewKernel.SpreadLeft(row, full);
        else
            ViewKernel.SpreadCentre(row, full);
    }

    /// <summary>The chroma rows a luma row lies between and the weight of the nearer; beyond the ends the last row repeats.</summary>
    private static (int Near, int Far, float Weight) ChromaRows(FrameFormat format, int y)
    {
        if (format.ChromaShiftY == 0)
            return (y, y, 1);
        int own = y / 2, last = format.PlaneHeight(1) - 1;
        bool even = y % 2 == 0;
        if (ChromaSites.OnRow(format))
            return even ? (own, own, 1) : (own, Math.Min(own + 1, last), .5f);
        return (own, Math.Clamp(even ? own - 1 : own + 1, 0, last), .75f);
    }

    private void Grow(int width, int chromaWidth)
    {
        if (_cb.Length < width)
            (_cb, _cr) = (new float[width], new float[width]);
        if (_cbHalf.Length < chromaWidth)
            (_cbHalf, _crHalf) = (new float[chromaWidth], new float[chromaWidth]);
    }
}
