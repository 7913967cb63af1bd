using System.Numerics;

namespace VideoMatte.Temporal;

internal static partial class WeightedMean
{
    internal static void MixVector(ReadOnlySpan<ushort> now, Span<ushort> before, ushort weight)
    {
        Vector<uint> w = new(weight), rest = new(65535u - weight);
        int i = 0;
        for (; i <= now.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(now[i..]), out Vector<uint> n0, out Vector<uint> n1);
            Vector.Widen(new Vector<ushort>(before[i..]), out Vector<uint> b0, out Vector<uint> b1);
            Vector.Narrow(Round((n0 * rest) + (b0 * w)), Round((n1 * rest) + (b1 * w))).CopyTo(before[i..]);
        }

        MixScalar(now[i..], before[i..], weight);
    }

    /// <summary>round(t / 65535) for t up to 65535^2, without a division: exact, and without ties, 65535 being odd.</summary>
    private static Vector<uint> Round(Vector<uint> t)
    {
        t += new Vector<uint>(0x8000);
        return (t + (t >>> 16)) >>> 16;
    }
}
