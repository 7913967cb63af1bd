namespace VideoMatte.Frames;

/// <summary>A picture read as a matte: its luma as 16-bit coverage. Grey and Y' go from their own black to their own white, whatever their
/// range: full 0..2^n - 1, limited 16..235 at 8 bits, each code rounded once: round(65535 (v - black) / (white - black)). Of R'G'B' the
/// luma of BT.709 is taken, so that equal channels give exactly their code. Used by one caller at a time.</summary>
public sealed class LumaMatte
{
    // 0.2126, 0.7152 and 0.0722 in 1/65536; their sum is 65536, so that grey stays grey.
    private const uint Red = 13933, Green = 46871, Blue = 4732;

    private readonly FrameFormat _format;
    private readonly ushort[] _codes;

    /// <param name="format">Of the frames that will come.</param>
    public LumaMatte(FrameFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        _format = format;
        int black = format.BlackCode, white = format.WhiteCode;
        _codes = new ushort[format.MaxCode + 1];
        for (int v = 0; v < _codes.Length; v++)
            _codes[v] = (ushort)(((Math.Clamp(v - black, 0, white - black) * (long)AlphaMatte.Opaque) + ((white - black) / 2)) / (white - black));
    }

    /// <summary>Writes the coverage of every pixel.</summary>
    /// <param name="frame">Of the format; borrowed.</param>
    /// <param name="matte">Width x Height samples, row after row.</param>
    /// <exception cref="ArgumentException">The frame is of another format, or the matte of another length.</exception>
    public void Write(VideoFrame frame, Span<ushort> matte)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Format != _format || matte.Length != _format.Width * _format.Height)
            throw new ArgumentException("luma: a frame or matte of another size or format than it was made for");
        if (_format.IsRgb && _format.BytesPerSample == 1)
            FromRgb(frame.Plane8(0).Samples, frame.Plane8(1).Samples, frame.Plane8(2).Samples, matte);
        else if (_format.IsRgb)
            FromRgb(frame.Plane16(0).Samples, frame.Plane16(1).Samples, frame.Plane16(2).Samples, matte);
        else if (_format.BytesPerSample == 1)
            FromLuma(frame.Plane8(0).Samples, matte);
        else
            FromLuma(frame.Plane16(0).Samples, matte);
    }

    private void FromLuma(ReadOnlySpan<byte> luma, Span<ushort> matte)
    {
        for (int i = 0; i < matte.Length; i++)
            matte[i] = _codes[luma[i]];
    }

    private void FromLuma(ReadOnlySpan<ushort> luma, Span<ushort> matte)
    {
        // A decoder may leave bits above the depth; they are none of the sample's.
        int mask = _format.MaxCode;
        for (int i = 0; i < matte.Length; i++)
            matte[i] = _codes[luma[i] & mask];
    }

    private void FromRgb(ReadOnlySpan<byte> green, ReadOnlySpan<byte> blue, ReadOnlySpan<byte> red, Span<ushort> matte)
    {
        for (int i = 0; i < matte.Length; i++)
            matte[i] = _codes[Luma(red[i], green[i], blue[i])];
    }

    private void FromRgb(ReadOnlySpan<ushort> green, ReadOnlySpan<ushort> blue, ReadOnlySpan<ushort> red, Span<ushort> matte)
    {
        int mask = _format.MaxCode;
        for (int i = 0; i < matte.Length; i++)
            matte[i] = _codes[Luma(red[i], green[i], blue[i]) & mask];
    }

    private static int Luma(uint red, uint green, uint blue) => (int)(((Red * red) + (Green * green) + (Blue * blue) + 32768) >> 16);
}
