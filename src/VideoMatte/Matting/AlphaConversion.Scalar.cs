using VideoMatte.Frames;

namespace VideoMatte.Matting;

public static partial class AlphaConversion
{
    internal static void ToCodesScalar(ReadOnlySpan<float> alpha, Span<ushort> codes, int from = 0)
    {
        for (int i = from; i < codes.Length; i++)
            codes[i] = (ushort)SampleVectors.ToCode(alpha[i] * AlphaMatte.Opaque, 0, AlphaMatte.Opaque);
    }
}
