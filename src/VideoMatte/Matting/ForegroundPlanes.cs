using System.Runtime.InteropServices;
using VideoMatte.Frames;

namespace VideoMatte.Matting;

/// <summary>A network's foreground colour in the picture's own planes. Where coverage is full the source's samples stay, bit for bit;
/// elsewhere stands F by the picture's matrix and range, rounded to legal codes. Keeps its row buffers; one thread at a time.</summary>
/// <remarks>A chroma sample is F filtered by the siting kernel (left-sited 4:2:0: [1 2 1]/4 across, [1 1]/2 down), unless every luma pixel
/// under that kernel is full: then it is the source's own.</remarks>
public sealed class ForegroundPlanes
{
    private float[] _full = [];
    private float[] _half = [];

    /// <param name="source">Borrowed.</param>
    /// <param name="alpha">Borrowed; the source's size.</param>
    /// <param name="rgb">F, straight, 0..1: the planes R, G, B at the source's size.</param>
    /// <param name="foreground">Borrowed; the source's format. All samples are written.</param>
    /// <exception cref="ArgumentException">Sizes or formats differ.</exception>
    public void Write(VideoFrame source, AlphaMatte alpha, ReadOnlySpan<float> rgb, VideoFrame foreground)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(alpha);
        ArgumentNullException.ThrowIfNull(foreground);
        FrameFormat format = source.Format;
        int pixels = format.Width * format.Height;
        if (foreground.Format != format || alpha.Width != format.Width || alpha.Height != format.Height || rgb.Length != 3 * pixels)
            throw new ArgumentException("source, alpha, foreground and F must be of one size and format");
        Colours colours = new(rgb[..pixels], rgb.Slice(pixels, pixels), rgb[(2 * pixels)..]);
        if (format.BytesPerSample == 1)
            Write<byte>(source, alpha.Samples, colours, foreground);
        else
            Write<ushort>(source, alpha.Samples, colours, foreground);
    }

    private static Span<T> Plane<T>(VideoFrame frame, int plane)
        where T : unmanaged
        => MemoryMarshal.Cast<byte, T>(frame.PlaneBytes(plane));

    private void Write<T>(VideoFrame source, ReadOnlySpan<ushort> alpha, in Colours f, VideoFrame foreground)
        where T : unmanaged
    {
        ColourTransform transform = new(source.Format);
        if (source.Format.IsRgb)
        {
            // Planes lie G', B', R'; the kernel's three inputs are one plane each time.
            WriteSamples<T>(source, alpha, new(f.G, f.G, f.G), new(transform.LumaSpan, 0, 0), transform, foreground, 0);
            WriteSamples<T>(source, alpha, new(f.B, f.B, f.B), new(transform.LumaSpan, 0, 0), transform, foreground, 1);
            WriteSamples<T>(source, alpha, new(f.R, f.R, f.R), new(transform.LumaSpan, 0, 0), transform, foreground, 2);
            return;
        }

        WriteSamples<T>(source, alpha, f, transform.ToLuma * transform.LumaSpan, transform, foreground, 0);
        if (source.Format.Layout == PlaneLayout.Gray)
            return;
        WriteChroma<T>(source, alpha, f, transform.ToCb * transform.ChromaSpan, transform, foreground, 1);
        WriteChroma<T>(source, alpha, f, transform.ToCr * transform.ChromaSpan, transform, foreground, 2);
    }

    private static void WriteSamples<T>(
        VideoFrame source, ReadOnlySpan<ushort> alpha, Colours f, RgbWeights weights, in ColourTransform t, VideoFrame to, int plane)
        where T : unmanaged
    {
        ForegroundKernel.Quantiser quantiser = new(weights, t.LumaOffset, t.LumaLow, t.LumaHigh);
        ForegroundKernel.Codes(f.R, f.G, f.B, quantiser, alpha, Plane<T>(source, plane), Plane<T>(to, plane));
    }

    private void WriteChroma<T>(
        VideoFrame source, ReadOnlySpan<ushort> alpha, in Colours f, RgbWeights weights, in ColourTransform t, VideoFrame to, int plane)
        where T : unmanaged
    {
        FrameFormat format = source.Format;
        int width = format.Width, columns = format.PlaneWidth(plane);
        Grow(width, columns);
        Span<float> values = _full.AsSpan(0, width), unsure = _full.AsSpan(width, width);
        Span<float> halfValues = _half.AsSpan(0, columns), halfUnsure = _half.AsSpan(columns, columns);
        ForegroundKernel.Quantiser quantiser = new(weights, t.ChromaOffset, t.ChromaLow, t.ChromaHigh);
        ReadOnlySpan<T> own = Plane<T>(source, plane);
        Span<T> output = Plane<T>(to, plane);
        for (int y = 0; y < format.PlaneHeight(plane); y++)
        {
            SumRows(format, y, alpha, f, weights, values, unsure);
            Span<T> row = output.Slice(y * columns, columns);
            if (format.ChromaShiftX == 0)
            {
                ForegroundKernel.ChromaCodes(values, unsure, quantiser, own.Slice(y * columns, columns), row);
                continue;
            }

            Gather(format, values, halfValues);
            Gather(format, unsure, halfUnsure);
            ForegroundKernel.ChromaCodes(halfValues, halfUnsure, quantiser, own.Slice(y * columns, columns), row);
        }
    }

    /// <summary>The kernel's part down: the luma rows under a chroma row, weighed; beyond the ends the last row repeats.</summary>
    private static void SumRows(
        FrameFormat format, int chromaRow, ReadOnlySpan<ushort> alpha, in Colours f, RgbWeights weights, Span<float> values, Span<float> unsure)
    {
        int width = format.Width, last = format.Height - 1;
        int first = chromaRow << format.ChromaShiftY, count = 1;
        if (format.ChromaShiftY == 1)
            (first, count) = ChromaSites.OnRow(format) ? (first - 1, 3) : (first, 2);
        for (int i = 0; i < count; i++)
        {
            float weight = count == 3 ? (i == 1 ? .5f : .25f) : 1f / count;
            int at = Math.Clamp(first + i, 0, last) * width;
            ForegroundKernel.Weigh(
                f.R.Slice(at, width), f.G.Slice(at, width), f.B.Slice(at, width), weights * weight, i > 0, values);
            ForegroundKernel.MarkUnsure(alpha.Slice(at, width), weight, i > 0, unsure);
        }
    }

    private static void Gather(FrameFormat format, ReadOnlySpan<float> full, Span<float> half)
    {
        if (ChromaSites.OnColumn(format))
            ForegroundKernel.GatherLeft(full, half);
        else
            ForegroundKernel.GatherCentre(full, half);
    }

    private void Grow(int width, int columns)
    {
        if (_full.Length < 2 * width)
            _full = new float[2 * width];
        if (_half.Length < 2 * columns)
            _half = new float[2 * columns];
    }

    private readonly ref struct Colours(ReadOnlySpan<float> r, ReadOnlySpan<float> g, ReadOnlySpan<float> b)
    {
        public ReadOnlySpan<float> R { get; } = r;

        public ReadOnlySpan<float> G { get; } = g;

        public ReadOnlySpan<float> B { get; } = b;
    }
}
