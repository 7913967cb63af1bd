namespace VideoMatte.Media;

/// <summary>The 16-bit matte at the depth a file holds: round(a (2^n - 1) / 65535). No dither; 0 and full stay exact; always full range.
/// (65535 is odd, so no value lies half way and "round" needs no rule for it.)</summary>
public static partial class AlphaRounding
{
    /// <param name="alpha">0..65535.</param>
    /// <param name="codes">Gets 0..255; as long as <paramref name="alpha"/>.</param>
    public static void ToBytes(ReadOnlySpan<ushort> alpha, Span<byte> codes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(codes.Length, alpha.Length, nameof(codes));
        ToBytesVector(alpha, codes);
    }

    /// <param name="alpha">0..65535.</param>
    /// <param name="codes">Gets 0..2^depth - 1; as long as <paramref name="alpha"/>.</param>
    /// <param name="depth">9 to 16.</param>
    public static void ToWords(ReadOnlySpan<ushort> alpha, Span<ushort> codes, int depth)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(codes.Length, alpha.Length, nameof(codes));
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 9);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, 16);
        if (depth == 16)
            alpha.CopyTo(codes);
        else
            ToWordsVector(alpha, codes, depth);
    }
}
