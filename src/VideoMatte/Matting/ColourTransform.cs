using VideoMatte.Frames;

namespace VideoMatte.Matting;

/// <summary>Between the codes of a Y'CbCr format and R'G'B' in 0..1, both ways, as ITU-T H.273 section 8.3 has it: quantisation by range
/// and depth, then the 3x3 matrix. G'B'R' and grey have no matrix: only their quantisation is used.</summary>
/// <remarks>BT.2020 constant luminance is treated as the non-constant kind, as every player without a linear stage does. A matrix that has
/// no formula for the layout (identity on Y'CbCr planes, ICtCp) is read as an untagged source would be.</remarks>
internal readonly struct ColourTransform
{
    public ColourTransform(FrameFormat format)
    {
        bool full = format.IsRgb || format.Colour.Range == ColourRange.Full;
        int unit = 1 << (format.Depth - 8);
        LumaOffset = format.BlackCode;
        LumaSpan = full ? format.MaxCode : 219 * unit;
        ChromaOffset = format.NeutralCode;
        ChromaSpan = full ? format.MaxCode : 224 * unit;
        LumaLow = full ? 0 : 16 * unit;
        LumaHigh = full ? format.MaxCode : 235 * unit;
        ChromaLow = LumaLow;
        ChromaHigh = full ? format.MaxCode : 240 * unit;

        if (format.Colour.Matrix == ColourMatrix.YCgCo)
        {
            // H.273 equations 47 to 49 (Cb is Cg, Cr is Co) and their inverse.
            (ToLuma, ToCb, ToCr) = (new(.25, .5, .25), new(-.25, .5, -.25), new(.5, 0, -.5));
            (FromCb, FromCr) = (new(-1, 1, -1), new(1, 0, -1));
            return;
        }

        LumaCoefficients k = LumaCoefficients.For(WithFormula(format));
        double blue = 2 * (1 - k.Kb), red = 2 * (1 - k.Kr);
        ToLuma = new(k.Kr, k.Kg, k.Kb);
        ToCb = new(-k.Kr / blue, -k.Kg / blue, .5);
        ToCr = new(.5, -k.Kg / red, -k.Kb / red);
        FromCb = new(0, -k.Kb * blue / k.Kg, blue);
        FromCr = new(red, -k.Kr * red / k.Kg, 0);
    }

    /// <summary>Code of black, codes from black to white; the same for the three channels of G'B'R'.</summary>
    public float LumaOffset { get; }

    public float LumaSpan { get; }

    /// <summary>Code of neutral chroma, codes from -0.5 to 0.5.</summary>
    public float ChromaOffset { get; }

    public float ChromaSpan { get; }

    /// <summary>Legal codes: 16..235 and 16..240 scaled to the depth, or all.</summary>
    public float LumaLow { get; }

    public float LumaHigh { get; }

    public float ChromaLow { get; }

    public float ChromaHigh { get; }

    /// <summary>What one unit of R, G, B adds to Y', Cb (-0.5..0.5), Cr.</summary>
    public RgbWeights ToLuma { get; }

    public RgbWeights ToCb { get; }

    public RgbWeights ToCr { get; }

    /// <summary>What one unit of Cb and of Cr adds to R, G, B (Y' adds 1 to each).</summary>
    public RgbWeights FromCb { get; }

    public RgbWeights FromCr { get; }

    private static ColourMatrix WithFormula(FrameFormat format) => format.Colour.Assumed(format.Height) switch
    {
        ColourMatrix.Bt709 or ColourMatrix.Fcc or ColourMatrix.Bt470Bg or ColourMatrix.Smpte170M or ColourMatrix.Smpte240M
            or ColourMatrix.Bt2020NonConstant or ColourMatrix.Bt2020Constant => format.Colour.Assumed(format.Height),
        _ => (format.Colour with { Matrix = ColourMatrix.Unspecified }).Assumed(format.Height),
    };
}
