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
}
