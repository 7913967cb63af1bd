using System.Runtime.InteropServices;
using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>Holds associated Y'CbCr to what association promises: no R', G' or B' above alpha. Footage has whiter-than-white luma and
/// colours outside RGB, and each plane is rounded for itself: hosts that divide by alpha would find values over 1 in the rim.</summary>
/// <remarks>Only samples of the band are looked at: where alpha is full, readers clip as they do without alpha, and the picture stays the
/// source's own. What is too bright is clipped as R'G'B' (H.273), as a reader would have clipped it, and what rounding adds is taken
/// from luma.</remarks>
internal sealed class AssociatedLimit
{
    /// <summary>Codes of the picture's depth that R', G', B' may lie above alpha's.</summary>
    private const float Tolerance = 1;

    private readonly float _black, _luma, _neutral, _chroma, _fullCode;
    private readonly float _red, _blue, _greenRed, _greenBlue, _kr, _kg, _kb;

    private AssociatedLimit(FrameFormat format, LumaCoefficients k)
    {
        bool full = format.Colour.Range == ColourRange.Full;
        float step = 1 << (format.Depth - 8);
        (_black, _neutral, _fullCode) = (format.BlackCode, format.NeutralCode, format.MaxCode);
        // Codes of RGB at the same depth per code of luma and of chroma.
        _luma = full ? 1 : format.MaxCode / (219 * step);
        _chroma = full ? 1 : format.MaxCode / (224 * step);
        (_kr, _kg, _kb) = ((float)k.Kr, (float)k.Kg, (float)k.Kb);
        (_red, _blue) = (2 * (1 - _kr), 2 * (1 - _kb));
        (_greenRed, _greenBlue) = (_kr * _red / _kg, _kb * _blue / _kg);
    }

    /// <summary>Null where planes cannot exceed alpha (RGB), or the matrix has no luma (YCgCo, identity).</summary>
    /// <param name="format">Of the associated planes, 4:4:4 or grey.</param>
    public static AssociatedLimit? For(FrameFormat format)
    {
        if (format.IsRgb)
            return null;
        ColourMatrix matrix = format.Colour.Assumed(format.Height);
        if (matrix == ColourMatrix.Identity)
            matrix = (format.Colour with { Matrix = ColourMatrix.Unspecified }).Assumed(format.Height);
        return matrix == ColourMatrix.YCgCo ? null : new AssociatedLimit(format, LumaCoefficients.For(matrix));
    }

    /// <summary>In place.</summary>
    /// <param name="frame">Associated planes.</param>
    /// <param name="alpha">Of its size.</param>
    public void Apply(VideoFrame frame, ReadOnlySpan<ushort> alpha)
    {
        if (frame.Format.BytesPerSample == 1)
            Apply<byte>(frame, alpha);
        else
            Apply<ushort>(frame, alpha);
    }

    private void Apply<T>(VideoFrame frame, ReadOnlySpan<ushort> alpha)
        where T : unmanaged
    {
        bool grey = frame.Format.PlaneCount == 1;
        Span<T> luma = MemoryMarshal.Cast<byte, T>(frame.PlaneBytes(0));
        Span<T> cb = grey ? default : MemoryMarshal.Cast<byte, T>(frame.PlaneBytes(1)), cr = grey ? default : MemoryMarshal.Cast<byte, T>(frame.PlaneBytes(2));
        for (int i = 0; i < alpha.Length; i++)
        {
            if (alpha[i] is 0 or AlphaMatte.Opaque)
                continue;
            float most = alpha[i] * _fullCode / AlphaMatte.Opaque;
            int y = SampleOf.Code<T>(luma, i), u = grey ? (int)_neutral : SampleOf.Code<T>(cb, i), v = grey ? (int)_neutral : SampleOf.Code<T>(cr, i);
            if (Highest(y, u, v) <= most + Tolerance)
                continue;
            (y, u, v) = Clip(y, u, v, most);
            luma[i] = SampleOf.Of<T>(y);
            if (grey)
                continue;
            cb[i] = SampleOf.Of<T>(u);
            cr[i] = SampleOf.Of<T>(v);
        }
    }

    private (float R, float G, float B) Rgb(int y, int u, int v)
    {
        float luma = (y - _black) * _luma, b = (u - _neutral) * _chroma, r = (v - _neutral) * _chroma;
        return (luma + (_red * r), luma - (_greenRed * r) - (_greenBlue * b), luma + (_blue * b));
    }

    private float Highest(int y, int u, int v)
    {
        (float r, float g, float b) = Rgb(y, u, v);
        return MathF.Max(r, MathF.Max(g, b));
    }

    private (int Y, int Cb, int Cr) Clip(int y, int u, int v, float most)
    {
        (float r, float g, float b) = Rgb(y, u, v);
        (r, g, b) = (Math.Clamp(r, 0, most), Math.Clamp(g, 0, most), Math.Clamp(b, 0, most));
        float luma = (_kr * r) + (_kg * g) + (_kb * b);
        y = (int)(_black + (luma / _luma) + .5f);
        u = Code(_neutral + ((b - luma) / _blue / _chroma));
        v = Code(_neutral + ((r - luma) / _red / _chroma));
        float over = Highest(y, u, v) - most - Tolerance;
        if (over > 0)
            y = Math.Max((int)_black, y - (int)MathF.Ceiling(over / _luma));
        return (y, u, v);
    }

    private int Code(float value) => Math.Clamp((int)(value + .5f), 0, (int)_fullCode);
}
