namespace VideoMatte.Matting;

/// <summary>A network's alpha as 16-bit coverage.</summary>
public static partial class AlphaConversion
{
    /// <summary>codes = round(65535 alpha), halves up; below 0 and what is no number becomes 0, above 1 becomes 65535.</summary>
    /// <param name="alpha">0..1, any value is taken.</param>
    /// <param name="codes">As many.</param>
    public static void ToCodes(ReadOnlySpan<float> alpha, Span<ushort> codes)
    {
        ViewKernel.Check(alpha.Length, codes.Length);
        ToCodesVector(alpha, codes);
    }
}
