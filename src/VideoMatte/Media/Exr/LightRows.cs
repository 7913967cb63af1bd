using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VideoMatte.Frames;

namespace VideoMatte.Media.Exr;

/// <summary>Rows of a frame as floats of R, G, B: from the planes by siting, range and matrix, never rounded in between, then light by the
/// source's transfer inverted, or the codes 0..1. Whiter than white stays above 1; below black is black. Used by one thread at a time.</summary>
/// <remarks>Chroma is interpolated linearly. BT.2020 constant luminance is read as the other kind, as players do.</remarks>
internal sealed class LightRows
{
    private readonly FrameFormat _format;
    private readonly CurveTable? _curve;
    private readonly float _black, _luma, _chroma, _red, _blue, _greenRed, _greenBlue;
    private readonly bool _isYCgCo;
    private readonly float[] _half, _cb, _cr;

    /// <param name="format">Of every frame.</param>
    /// <param name="curve">From codes to light; null: codes are kept.</param>
    public LightRows(FrameFormat format, CurveTable? curve)
    {
        _format = format;
        _curve = curve;
        bool full = format.IsRgb || format.Colour.Range == ColourRange.Full;
        float step = 1 << (format.Depth - 8);
        _black = format.BlackCode;
        _luma = 1 / (full ? format.MaxCode : 219 * step);
        _chroma = 1 / (full ? format.MaxCode : 224 * step);
        _half = new float[format.PlaneWidth(format.PlaneCount - 1)];
        (_cb, _cr) = (new float[format.Width], new float[format.Width]);
        if (format.PlaneCount == 1 || format.IsRgb)
            return;
        ColourMatrix matrix = format.Colour.Assumed(format.Height);
        if (matrix == ColourMatrix.Identity)
            matrix = (format.Colour with { Matrix = ColourMatrix.Unspecified }).Assumed(format.Height);
        _isYCgCo = matrix == ColourMatrix.YCgCo;
        if (_isYCgCo)
            return;
        // H.273 section 8.3: R' = Y' + 2(1 - Kr) Cr, B' = Y' + 2(1 - Kb) Cb, G' from Y' = Kr R' + Kg G' + Kb B'.
        LumaCoefficients k = LumaCoefficients.For(matrix);
        (_red, _blue) = ((float)(2 * (1 - k.Kr)), (float)(2 * (1 - k.Kb)));
        (_greenRed, _greenBlue) = ((float)(k.Kr * _red / k.Kg), (float)(k.Kb * _blue / k.Kg));
    }

    /// <summary>The table that brings codes of this transfer to light.</summary>
    public static CurveTable Curve(ColourTransfer transfer) => new(code => TransferCurve.ToLight(transfer, code), TransferCurve.Highest(transfer));

    /// <param name="frame">Borrowed; of the format.</param>
    /// <param name="y">Row from 0.</param>
    /// <param name="red">One value a column, as the next two.</param>
    public void Read(VideoFrame frame, int y, Span<float> red, Span<float> green, Span<float> blue)
    {
        if (_format.BytesPerSample == 1)
            ReadCodes<byte>(frame, y, red, green, blue);
        else
            ReadCodes<ushort>(frame, y, red, green, blue);
        if (_curve is not null)
        {
            _curve.Apply(red);
            _curve.Apply(green);
            _curve.Apply(blue);
        }
    }

    private void ReadCodes<T>(VideoFrame frame, int y, Span<float> red, Span<float> green, Span<float> blue)
        where T : unmanaged
    {
        if (_format.IsRgb)
        {
            Luma(Row<T>(frame, 0, y), green);
            Luma(Row<T>(frame, 1, y), blue);
            Luma(Row<T>(frame, 2, y), red);
            return;
        }

        Luma(Row<T>(frame, 0, y), green);
        if (_format.PlaneCount == 1)
        {
            green.CopyTo(red);
            green.CopyTo(blue);
            return;
        }

        Chroma<T>(frame, 1, y, _cb);
        Chroma<T>(frame, 2, y, _cr);
        for (int x = 0; x < green.Length; x++)
        {
            float luma = green[x], cb = _cb[x], cr = _cr[x];
            // H.273 equations 47 to 49, where the planes are Cg and Co.
            (red[x], green[x], blue[x]) = _isYCgCo
                ? (luma - cb + cr, luma + cb, luma - cb - cr)
                : (luma + (_red * cr), luma - (_greenRed * cr) - (_greenBlue * cb), luma + (_blue * cb));
        }
    }

    private ReadOnlySpan<T> Row<T>(VideoFrame frame, int plane, int y)
        where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(frame.PlaneBytes(plane)).Slice(y * _format.PlaneWidth(plane), _format.PlaneWidth(plane));

    private void Luma<T>(ReadOnlySpan<T> codes, Span<float> values)
        where T : unmanaged
    {
        for (int x = 0; x < values.Length; x++)
            values[x] = (Code(codes[x]) - _black) * _luma;
    }

    /// <summary>One full row of Cb or Cr, -0.5..0.5, between the samples that lie around it.</summary>
    private void Chroma<T>(VideoFrame frame, int plane, int y, Span<float> values)
        where T : unmanaged
    {
        (int near, int far, float weight) = Rows(y);
        ReadOnlySpan<T> a = Row<T>(frame, plane, near), b = Row<T>(frame, plane, far);
        Span<float> samples = _format.ChromaShiftX == 0 ? values : _half;
        float neutral = _format.NeutralCode;
        for (int x = 0; x < samples.Length; x++)
            samples[x] = ((Code(a[x]) * weight) + (Code(b[x]) * (1 - weight)) - neutral) * _chroma;
        if (_format.ChromaShiftX == 0)
            return;
        bool onColumn = _format.Colour.Siting != ChromaSiting.Centre;
        for (int x = 0; x < values.Length; x++)
        {
            int own = x / 2, side = Math.Clamp(x % 2 == 1 ? own + 1 : own - 1, 0, samples.Length - 1);
            float share = !onColumn ? .25f : x % 2 == 1 ? .5f : 0;
            values[x] = samples[own] + ((samples[side] - samples[own]) * share);
        }
    }

    /// <summary>The chroma rows around a luma row, and the nearer one's weight.</summary>
    private (int Near, int Far, float Weight) Rows(int y)
    {
        if (_format.ChromaShiftY == 0)
            return (y, y, 1);
        int own = y / 2, last = _format.PlaneHeight(1) - 1;
        if (_format.Colour.Siting == ChromaSiting.TopLeft)
            return y % 2 == 0 ? (own, own, 1) : (own, Math.Min(own + 1, last), .5f);
        return (own, Math.Clamp(y % 2 == 0 ? own - 1 : own + 1, 0, last), .75f);
    }

    private static float Code<T>(T sample)
        where T : unmanaged =>
        typeof(T) == typeof(byte) ? Unsafe.BitCast<T, byte>(sample) : Unsafe.BitCast<T, ushort>(sample);
}
