namespace VideoMatte.Media;

public static partial class AlphaRounding
{
    internal static void ToBytesScalar(ReadOnlySpan<ushort> alpha, Span<byte> codes)
    {
        for (int i = 0; i < alpha.Length; i++)
            codes[i] = (byte)Round(alpha[i], 255);
    }

    internal static void ToWordsScalar(ReadOnlySpan<ushort> alpha, Span<ushort> codes, int depth)
    {
        uint full = (1u << depth) - 1;
        for (int i = 0; i < alpha.Length; i++)
            codes[i] = (ushort)Round(alpha[i], full);
    }

    private static uint Round(uint alpha, uint full) => ((alpha * full) + 32767) / 65535;
}
