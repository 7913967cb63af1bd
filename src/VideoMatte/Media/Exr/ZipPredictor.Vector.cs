using System.Numerics;

namespace VideoMatte.Media.Exr;

internal static partial class ZipPredictor
{
    internal static void SplitVector(ReadOnlySpan<ushort> samples, Span<byte> halves)
    {
        int i = 0, step = Vector<ushort>.Count;
        Vector<ushort> low = new(0xFF);
        for (; i <= samples.Length - (2 * step); i += 2 * step)
        {
            Vector<ushort> a = new(samples[i..]), b = new(samples[(i + step)..]);
            Vector.Narrow(a & low, b & low).CopyTo(halves[i..]);
            Vector.Narrow(a >>> 8, b >>> 8).CopyTo(halves[(samples.Length + i)..]);
        }

        SplitScalar(samples, halves, i);
    }

    internal static void DifferencesVector(ReadOnlySpan<byte> bytes, Span<byte> differences)
    {
        int i = 1, step = Vector<byte>.Count;
        Vector<byte> middle = new(128);
        for (; i <= bytes.Length - step; i += step)
            (new Vector<byte>(bytes[i..]) - new Vector<byte>(bytes[(i - 1)..]) + middle).CopyTo(differences[i..]);
        if (bytes.Length > 0)
            differences[0] = bytes[0];
        DifferencesScalar(bytes, differences, i);
    }
}
