namespace VideoMatte.Frames;

/// <summary>How the planes of a frame lie and what their samples mean. Two frames of equal format can share buffers.</summary>
/// <param name="Width">Luma columns, 1 or more; odd is allowed.</param>
/// <param name="Height">Luma rows, 1 or more; odd is allowed.</param>
/// <param name="Layout">Planes and subsampling.</param>
/// <param name="Depth">Significant bits a sample, 8 to 16. 8 is stored in bytes, more in little-endian 16-bit words, value at the bottom.</param>
/// <param name="Colour">What the samples mean.</param>
/// <param name="SampleAspect">Width over height of one sample; 1 where unknown.</param>
/// <exception cref="ArgumentOutOfRangeException">A size or the depth lies outside its range.</exception>
public sealed record FrameFormat(int Width, int Height, PlaneLayout Layout, int Depth, ColourDescription Colour, Rational SampleAspect)
{
    public FrameFormat(int width, int height, PlaneLayout layout, int depth, ColourDescription colour)
        : this(width, height, layout, depth, colour, Rational.One)
    {
    }

    public int Width { get; init => field = Within(value, 1, int.MaxValue, nameof(Width)); } = Within(Width, 1, int.MaxValue, nameof(Width));

    public int Height { get; init => field = Within(value, 1, int.MaxValue, nameof(Height)); } = Within(Height, 1, int.MaxValue, nameof(Height));

    public int Depth { get; init => field = Within(value, 8, 16, nameof(Depth)); } = Within(Depth, 8, 16, nameof(Depth));

    public int PlaneCount => Layout == PlaneLayout.Gray ? 1 : 3;

    /// <summary>1 or 2.</summary>
    public int BytesPerSample => Depth > 8 ? 2 : 1;

    /// <summary>The largest code: 2^Depth - 1.</summary>
    public int MaxCode => (1 << Depth) - 1;

    public bool IsRgb => Layout == PlaneLayout.Gbr;

    /// <summary>log2 of the horizontal chroma subsampling (0 or 1).</summary>
    public int ChromaShiftX => Layout is PlaneLayout.Yuv420 or PlaneLayout.Yuv422 ? 1 : 0;

    /// <summary>log2 of the vertical chroma subsampling (0 or 1).</summary>
    public int ChromaShiftY => Layout == PlaneLayout.Yuv420 ? 1 : 0;

    /// <summary>Bytes of all planes, tightly packed, plane after plane.</summary>
    public int ByteCount
    {
        get
        {
            long total = 0;
            for (int plane = 0; plane < PlaneCount; plane++)
                total += PlaneBytes(plane);
            return checked((int)total);
        }
    }

    /// <summary>Columns of a plane; chroma is rounded up.</summary>
    public int PlaneWidth(int plane) => IsChroma(plane) ? (Width + (1 << ChromaShiftX) - 1) >> ChromaShiftX : Width;

    /// <summary>Rows of a plane; chroma is rounded up.</summary>
    public int PlaneHeight(int plane) => IsChroma(plane) ? (Height + (1 << ChromaShiftY) - 1) >> ChromaShiftY : Height;

    /// <summary>Byte offset of a plane in the frame's buffer.</summary>
    public int PlaneOffset(int plane)
    {
        long offset = 0;
        for (int p = 0; p < plane; p++)
            offset += PlaneBytes(p);
        return checked((int)offset);
    }

    /// <summary>The code of black luma: 0 at full range (and for RGB and its kind), 16 scaled to the depth at limited range.</summary>
    public int BlackCode => IsRgb || Colour.Range == ColourRange.Full ? 0 : 16 << (Depth - 8);

    /// <summary>The code of white luma: 2^Depth - 1 at full range (and for RGB and its kind), 235 scaled to the depth at limited range.</summary>
    public int WhiteCode => IsRgb || Colour.Range == ColourRange.Full ? MaxCode : 235 << (Depth - 8);

    /// <summary>The code of neutral chroma: half of 2^Depth.</summary>
    public int NeutralCode => 1 << (Depth - 1);

    /// <summary>True for a subsampled-or-not Cb or Cr plane (never for grey or G'B'R').</summary>
    public bool IsChroma(int plane) => plane > 0 && !IsRgb;

    private static int Within(int value, int least, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
        return value;
    }

    private long PlaneBytes(int plane) => (long)PlaneWidth(plane) * PlaneHeight(plane) * BytesPerSample;
}
