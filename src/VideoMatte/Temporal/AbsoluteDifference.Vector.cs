using System.Numerics;

namespace VideoMatte.Temporal;

internal static partial class AbsoluteDifference
{
    /// <summary>16-bit lanes hold the sums of this many steps: each adds at most 2 x 255.</summary>
    private const int StepsPerFlush = 128;

    internal static long SumVector(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int i = 0, step = Vector<byte>.Count;
        long sum = 0;
        while (i <= a.Length - step)
        {
            Vector<ushort> lanes = default;
            for (int n = 0; n < StepsPerFlush && i <= a.Length - step; n++, i += step)
            {
                Vector<byte> x = new(a[i..]), y = new(b[i..]);
                Vector.Widen(Vector.Max(x, y) - Vector.Min(x, y), out Vector<ushort> low, out Vector<ushort> high);
                lanes += low + high;
            }

            Vector.Widen(lanes, out Vector<uint> lower, out Vector<uint> upper);
            sum += Vector.Sum(lower + upper);
        }

        return sum + SumScalar(a[i..], b[i..]);
    }
}
