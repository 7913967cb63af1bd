using System.Numerics;
using System.Runtime.InteropServices;
using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>The rule "outside the matte" on the planes of one size (luma, or both chroma planes, or all three): what is fully covered is
/// the source, the band is the foreground, then <see cref="ForegroundStage.Reach"/> pixels of extended colour, then one constant.</summary>
internal sealed class ForegroundPainter
{
    private readonly BitPlane _full;
    private readonly BitPlane _ring;
    private readonly ColourExtension _extension;

    /// <param name="width">Samples a row of the planes.</param>
    /// <param name="height">Rows of the planes.</param>
    public ForegroundPainter(int width, int height)
    {
        _full = new BitPlane(width, height);
        _ring = new BitPlane(width, height);
        Matte = new BitPlane(width, height);
        Within = new BitPlane(width, height);
        _extension = new ColourExtension(width, height);
    }

    /// <summary>Samples that belong to the matte: set by <see cref="SetMatte"/>.</summary>
    public BitPlane Matte { get; }

    /// <summary>Samples of the matte or in its reach: to be set by the caller before <see cref="Paint"/>.</summary>
    public BitPlane Within { get; }

    public void SetMatte(ReadOnlySpan<ushort> alpha)
    {
        Matte.SetAtLeast(alpha, ForegroundStage.LeastAlpha);
        _full.SetAtLeast(alpha, AlphaMatte.Opaque);
    }

    /// <param name="picture">The source; borrowed.</param>
    /// <param name="foreground">Repainted in place.</param>
    /// <param name="planes">First plane and count, all of this painter's size.</param>
    /// <param name="alpha">Of this painter's size.</param>
    /// <param name="weights">By the upper 8 bits of alpha, as <see cref="ColourExtension.Gather"/> takes them.</param>
    public void Paint(VideoFrame picture, VideoFrame foreground, Range planes, ReadOnlySpan<ushort> alpha, ReadOnlySpan<float> weights)
    {
        for (int y = 0; y < _ring.Height; y++)
        {
            ReadOnlySpan<ulong> within = Within.Row(y), matte = Matte.Row(y);
            Span<ulong> ring = _ring.Row(y);
            for (int i = 0; i < ring.Length; i++)
                ring[i] = within[i] & ~matte[i];
        }

        if (foreground.Format.BytesPerSample == 1)
            Paint<byte>(picture, foreground, planes, alpha, weights);
        else
            Paint<ushort>(picture, foreground, planes, alpha, weights);
    }

    private void Paint<T>(VideoFrame picture, VideoFrame foreground, Range planes, ReadOnlySpan<ushort> alpha, ReadOnlySpan<float> weights)
        where T : unmanaged
    {
        FrameFormat format = foreground.Format;
        (int first, int count) = planes.GetOffsetAndLength(format.PlaneCount);
        PlaneCodes outside = PlaneCodes.Black(format);
        for (int plane = first; plane < first + count; plane++)
            for (int y = 0; y < _full.Height; y++)
                PaintRow(Row<T>(picture, plane, y), Row<T>(foreground, plane, y), y, SampleOf.Of<T>(outside[plane]));

        _extension.Gather<T>(_ring, alpha, weights, Plane(0), count > 1 ? Plane(1) : default, count > 2 ? Plane(2) : default);
        for (int y = 0; y < _ring.Height; y++)
            for (int at = 0; BitPlane.NextRun(_ring.Row(y), at, out int start, out int end); at = end)
                for (int x = start; x < end; x++)
                {
                    bool found = _extension.TryColour(x, y, out Vector3 colour);
                    for (int i = 0; i < count; i++)
                        Row<T>(foreground, first + i, y)[x] = SampleOf.Of<T>(found ? (int)(colour[i] + 0.5f) : outside[first + i]);
                }

        ReadOnlySpan<T> Plane(int i) => MemoryMarshal.Cast<byte, T>(foreground.PlaneBytes(first + i));
    }

    /// <summary>Source where fully covered, the constant where out of reach.</summary>
    private void PaintRow<T>(ReadOnlySpan<T> picture, Span<T> foreground, int y, T outside)
        where T : unmanaged
    {
        for (int at = 0; BitPlane.NextRun(_full.Row(y), at, out int start, out int end); at = end)
            picture[start..end].CopyTo(foreground[start..end]);

        int filled = 0;
        for (int at = 0; BitPlane.NextRun(Within.Row(y), at, out int start, out int end); at = end)
        {
            foreground[filled..start].Fill(outside);
            filled = end;
        }

        foreground[filled..].Fill(outside);
    }

    private static Span<T> Row<T>(VideoFrame frame, int plane, int y)
        where T : unmanaged
    {
        int width = frame.Format.PlaneWidth(plane);
        return MemoryMarshal.Cast<byte, T>(frame.PlaneBytes(plane)).Slice(y * width, width);
    }
}
