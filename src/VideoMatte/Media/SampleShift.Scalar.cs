namespace VideoMatte.Media;

internal static partial class SampleShift
{
    internal static void LeftScalar(ReadOnlySpan<ushort> samples, Span<ushort> shifted, int shift)
    {
        for (int i = 0; i < samples.Length; i++)
            shifted[i] = (ushort)(samples[i] << shift);
    }

    internal static void FillScalar(ReadOnlySpan<ushort> samples, Span<ushort> filled, int depth)
    {
        int shift = 16 - depth;
        for (int i = 0; i < samples.Length; i++)
            filled[i] = (ushort)((samples[i] << shift) | (samples[i] >> (depth - shift)));
    }
}
