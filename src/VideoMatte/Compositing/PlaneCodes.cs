using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>One colour as codes of a frame's planes, in their order. A grey frame has the first only.</summary>
internal readonly record struct PlaneCodes(int First, int Second, int Third)
{
    public int this[int plane] => plane switch { 0 => First, 1 => Second, _ => Third };

    /// <summary>Black, neutral chroma.</summary>
    public static PlaneCodes Black(FrameFormat format) => format.IsRgb
        ? new(format.BlackCode, format.BlackCode, format.BlackCode)
        : new(format.BlackCode, format.NeutralCode, format.NeutralCode);

    /// <summary>Codes by ITU-T H.273: Y' = Kr R' + Kg G' + Kb B', C'b = (B' - Y') / 2(1 - Kb), C'r = (R' - Y') / 2(1 - Kr); limited range
    /// spans 219 and 224 steps of 2^(depth - 8), full range 2^depth - 1.</summary>
    public static PlaneCodes Of(RgbColour colour, FrameFormat format) => Of(colour.R / 255.0, colour.G / 255.0, colour.B / 255.0, format);

    /// <summary>The same of R', G' and B', 0..1 each.</summary>
    public static PlaneCodes Of(double r, double g, double b, FrameFormat format)
    {
        bool full = format.Colour.Range == ColourRange.Full;
        double step = 1 << (format.Depth - 8);
        double black = full ? 0 : 16 * step, luma = full ? format.MaxCode : 219 * step, chroma = full ? format.MaxCode : 224 * step;
        if (format.IsRgb)
            return new(Code(black + (luma * g)), Code(black + (luma * b)), Code(black + (luma * r)));

        // Grey may carry no matrix or RGB's; what is luma then is BT.709's or BT.601's by size, as everywhere.
        ColourMatrix matrix = format.Colour.Assumed(format.Height);
        if (matrix == ColourMatrix.Identity && format.Layout == PlaneLayout.Gray)
            matrix = (format.Colour with { Matrix = ColourMatrix.Unspecified }).Assumed(format.Height);
        LumaCoefficients k = LumaCoefficients.For(matrix);
        double y = (k.Kr * r) + (k.Kg * g) + (k.Kb * b);
        return new(
            Code(black + (luma * y)),
            Code(format.NeutralCode + (chroma * (b - y) / (2 * (1 - k.Kb)))),
            Code(format.NeutralCode + (chroma * (r - y) / (2 * (1 - k.Kr)))));

        int Code(double value) => Math.Clamp((int)Math.Round(value, MidpointRounding.AwayFromZero), 0, format.MaxCode);
    }

    /// <summary>Writes the colour over a whole frame.</summary>
    public void Fill(VideoFrame frame)
    {
        for (int plane = 0; plane < frame.Format.PlaneCount; plane++)
        {
            if (frame.Format.BytesPerSample == 1)
                frame.PlaneBytes(plane).Fill((byte)this[plane]);
            else
                frame.Plane16(plane).Samples.Fill((ushort)this[plane]);
        }
    }
}
