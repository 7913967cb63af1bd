namespace VideoMatte.Media;

/// <summary>Samples moved to the top of deeper words: v &lt;&lt; shift, so that stored >> shift is the source's own sample.</summary>
internal static partial class SampleShift
{
    /// <param name="samples">Below 2^(16 - shift).</param>
    /// <param name="shifted">As long as <paramref name="samples"/>; may be the same memory.</param>
    /// <param name="shift">0 to 8 bits.</param>
    public static void Left(ReadOnlySpan<ushort> samples, Span<ushort> shifted, int shift)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(shifted.Length, samples.Length, nameof(shifted));
        ArgumentOutOfRangeException.ThrowIfNegative(shift);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shift, 8);
        LeftVector(samples, shifted, shift);
    }

    /// <summary>Full-range samples as 16-bit ones: moved up, the bits below filled by the sample's own top bits, so that white is white
    /// (2^depth - 1 becomes 65535) and stored >> (16 - depth) is still the source's own sample.</summary>
    /// <param name="samples">Below 2^depth.</param>
    /// <param name="filled">As long as <paramref name="samples"/>; may be the same memory.</param>
    /// <param name="depth">8 to 16 bits.</param>
    public static void Fill(ReadOnlySpan<ushort> samples, Span<ushort> filled, int depth)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(filled.Length, samples.Length, nameof(filled));
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, 16);
        FillVector(samples, filled, depth);
    }
}
