namespace VideoMatte.Media.Exr;

/// <summary>What OpenEXR's ZIP does to a block before it is deflated, by the project's technical introduction: low bytes of all samples
/// first, then the high ones, each byte then as the difference to the one before plus 128.</summary>
internal static partial class ZipPredictor
{
    /// <param name="samples">Half floats.</param>
    /// <param name="bytes">Twice as many.</param>
    /// <param name="scratch">As long as <paramref name="bytes"/>; its content is lost.</param>
    public static void Predict(ReadOnlySpan<ushort> samples, Span<byte> bytes, Span<byte> scratch)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, 2 * samples.Length, nameof(bytes));
        ArgumentOutOfRangeException.ThrowIfNotEqual(scratch.Length, bytes.Length, nameof(scratch));
        SplitVector(samples, scratch);
        DifferencesVector(scratch, bytes);
    }
}
