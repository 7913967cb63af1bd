using System.Numerics;

namespace VideoMatte.Media;

internal static partial class SampleShift
{
    internal static void LeftVector(ReadOnlySpan<ushort> samples, Span<ushort> shifted, int shift)
    {
        int i = 0;
        for (; i <= samples.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
            (new Vector<ushort>(samples[i..]) << shift).CopyTo(shifted[i..]);
        LeftScalar(samples[i..], shifted[i..], shift);
    }

    internal static void FillVector(ReadOnlySpan<ushort> samples, Span<ushort> filled, int depth)
    {
        int i = 0, shift = 16 - depth;
        for (; i <= samples.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector<ushort> v = new(samples[i..]);
            ((v << shift) | (shift == 0 ? v : v >>> (depth - shift))).CopyTo(filled[i..]);
        }

        FillScalar(samples[i..], filled[i..], depth);
    }
}
