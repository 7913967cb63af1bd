namespace VideoMatte.Media.Exr;

internal static partial class ZipPredictor
{
    internal static void SplitScalar(ReadOnlySpan<ushort> samples, Span<byte> halves, int from = 0)
    {
        for (int i = from; i < samples.Length; i++)
        {
            halves[i] = (byte)samples[i];
            halves[samples.Length + i] = (byte)(samples[i] >> 8);
        }
    }

    /// <summary>The first byte stays.</summary>
    internal static void DifferencesScalar(ReadOnlySpan<byte> bytes, Span<byte> differences, int from = 0)
    {
        if (from == 0 && bytes.Length > 0)
            differences[0] = bytes[0];
        for (int i = Math.Max(from, 1); i < bytes.Length; i++)
            differences[i] = (byte)(bytes[i] - bytes[i - 1] + 128);
    }
}
