namespace VideoMatte.Frames;

/// <summary>Small R'G'B' pictures of frames, for looking at and for comparing: area averages of the planes, then the frame's own matrix and
/// range. Display-referred as the frame is; PQ and HLG are not tone-mapped. Used by one caller at a time.</summary>
public sealed class RgbThumbnail
{
    private readonly FrameFormat _format;
    private readonly AreaScaler _full;
    private readonly AreaScaler? _chroma;
    private readonly float[][] _planes;

    /// <param name="format">Of every frame that will come.</param>
    /// <param name="width">Columns of the small picture.</param>
    /// <param name="height">Rows of the small picture.</param>
    public RgbThumbnail(FrameFormat format, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(format);
        _format = format;
        Width = width;
        Height = height;
        _full = new AreaScaler(format.Width, format.Height, width, height);
        if (format.ChromaShiftX == 1)
            _chroma = new AreaScaler(format.PlaneWidth(1), format.PlaneHeight(1), width, height);
        _planes = [.. Enumerable.Range(0, format.PlaneCount).Select(_ => new float[width * height])];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Writes R, G, B of each pixel, 0..255 rounded, row after row: 3 x Width x Height bytes.</summary>
    /// <exception cref="ArgumentException">The frame is of another format, or the result of another length.</exception>
    public void Render(VideoFrame frame, Span<byte> rgb)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Format != _format || rgb.Length != 3 * Width * Height)
            throw new ArgumentException("thumbnail: a frame or result of another size or format than it was made for");
        for (int plane = 0; plane < _planes.Length; plane++)
        {
            AreaScaler scaler = _format.IsChroma(plane) ? _chroma ?? _full : _full;
            if (_format.BytesPerSample == 1)
                scaler.Scale(frame.Plane8(plane), _planes[plane]);
            else
                scaler.Scale(frame.Plane16(plane), _planes[plane]);
        }

        bool full = _format.Colour.Range == ColourRange.Full;
        float step = 1 << (_format.Depth - 8), black = full ? 0 : 16 * step;
        float luma = 255 / (full ? _format.MaxCode : 219 * step), chroma = 255 / (full ? _format.MaxCode : 224 * step);
        if (_format.Layout == PlaneLayout.Gray)
            FromGrey(black, luma, rgb);
        else if (_format.IsRgb)
            FromRgb(black, luma, rgb);
        else
            FromLuma(black, luma, chroma, rgb);
    }

    private void FromGrey(float black, float scale, Span<byte> rgb)
    {
        for (int i = 0; i < _planes[0].Length; i++)
            rgb.Slice(3 * i, 3).Fill(Code((_planes[0][i] - black) * scale));
    }

    private void FromRgb(float black, float scale, Span<byte> rgb)
    {
        for (int i = 0; i < _planes[0].Length; i++)
        {
            rgb[3 * i] = Code((_planes[2][i] - black) * scale);
            rgb[(3 * i) + 1] = Code((_planes[0][i] - black) * scale);
            rgb[(3 * i) + 2] = Code((_planes[1][i] - black) * scale);
        }
    }

    /// <summary>R' = Y' + 2(1 - Kr) C'r, B' = Y' + 2(1 - Kb) C'b, and G' from Y' = Kr R' + Kg G' + Kb B' (H.273).</summary>
    private void FromLuma(float black, float luma, float chroma, Span<byte> rgb)
    {
        LumaCoefficients k = LumaCoefficients.For(_format.Colour.Assumed(_format.Height));
        float red = (float)(2 * (1 - k.Kr)), blue = (float)(2 * (1 - k.Kb));
        float greenRed = (float)(k.Kr * red / k.Kg), greenBlue = (float)(k.Kb * blue / k.Kg), neutral = _format.NeutralCode;
        float[] planeY = _planes[0], planeCb = _planes[1], planeCr = _planes[2];
        for (int i = 0; i < planeY.Length; i++)
        {
            float y = (planeY[i] - black) * luma, cb = (planeCb[i] - neutral) * chroma, cr = (planeCr[i] - neutral) * chroma;
            rgb[3 * i] = Code(y + (red * cr));
            rgb[(3 * i) + 1] = Code(y - (greenRed * cr) - (greenBlue * cb));
            rgb[(3 * i) + 2] = Code(y + (blue * cb));
        }
    }

    private static byte Code(float value) => (byte)Math.Clamp((int)(value + 0.5f), 0, 255);
}
