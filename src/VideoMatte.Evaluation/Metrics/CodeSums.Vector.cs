using System.Numerics;

namespace VideoMatte.Evaluation.Metrics;

internal static partial class CodeSums
{
    /// <summary>32-bit lanes hold the sums of this many steps: each adds at most 2 x 65535.</summary>
    private const int StepsPerFlush = 32768;

    internal static long AbsoluteVector(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> g)
    {
        int i = 0, step = Vector<ushort>.Count;
        long sum = 0;
        while (i <= a.Length - step)
        {
            Vector<uint> lanes = default;
            for (int n = 0; n < StepsPerFlush && i <= a.Length - step; n++, i += step)
            {
                Vector.Widen(Distance(a[i..], g[i..]), out Vector<uint> low, out Vector<uint> high);
                lanes += low + high;
            }

            Vector.Widen(lanes, out Vector<ulong> lower, out Vector<ulong> upper);
            sum += (long)Vector.Sum(lower + upper);
        }

        return sum + AbsoluteScalar(a[i..], g[i..]);
    }

    internal static long SquareVector(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> g)
    {
        int i = 0, step = Vector<ushort>.Count;
        Vector<ulong> lanes = default;
        for (; i <= a.Length - step; i += step)
        {
            // 65535^2 fits 32 bits.
            Vector.Widen(Distance(a[i..], g[i..]), out Vector<uint> low, out Vector<uint> high);
            lanes += Widened(low * low) + Widened(high * high);
        }

        return (long)Vector.Sum(lanes) + SquareScalar(a[i..], g[i..]);
    }

    internal static long ChangeSquareVector(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> aBefore, ReadOnlySpan<ushort> g, ReadOnlySpan<ushort> gBefore)
    {
        int i = 0, step = Vector<ushort>.Count;
        Vector<ulong> lanes = default;
        for (; i <= a.Length - step; i += step)
        {
            Vector.Widen(new Vector<ushort>(a[i..]), out Vector<uint> a0, out Vector<uint> a1);
            Vector.Widen(new Vector<ushort>(aBefore[i..]), out Vector<uint> b0, out Vector<uint> b1);
            Vector.Widen(new Vector<ushort>(g[i..]), out Vector<uint> g0, out Vector<uint> g1);
            Vector.Widen(new Vector<ushort>(gBefore[i..]), out Vector<uint> h0, out Vector<uint> h1);
            lanes += WideSquare(a0 + h0, b0 + g0) + WideSquare(a1 + h1, b1 + g1);
        }

        return (long)Vector.Sum(lanes) + ChangeSquareScalar(a[i..], aBefore[i..], g[i..], gBefore[i..]);
    }

    private static Vector<ushort> Distance(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> g)
    {
        Vector<ushort> x = new(a), y = new(g);
        return Vector.Max(x, y) - Vector.Min(x, y);
    }

    /// <summary>(x - y)^2 of 17-bit numbers, which needs 34 bits: with |x - y| = 2q + r it is 4q^2 + 4qr + r, and each part fits 32.</summary>
    private static Vector<ulong> WideSquare(Vector<uint> x, Vector<uint> y)
    {
        Vector<uint> d = Vector.Max(x, y) - Vector.Min(x, y), q = d >>> 1, r = d & Vector<uint>.One;
        return (Widened(q * q) << 2) + Widened(((q * r) << 2) + r);
    }

    /// <summary>The lanes in pairs, for a sum.</summary>
    private static Vector<ulong> Widened(Vector<uint> lanes)
    {
        Vector.Widen(lanes, out Vector<ulong> low, out Vector<ulong> high);
        return low + high;
    }
}
