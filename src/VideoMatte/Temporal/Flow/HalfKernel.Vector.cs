using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VideoMatte.Temporal.Flow;

internal static partial class HalfKernel
{
    internal static void DownVector(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, ReadOnlySpan<byte> d, Span<float> sums)
    {
        int i = 0, quarter = Vector<float>.Count;
        for (; i <= sums.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(a[i..]), out Vector<ushort> a0, out Vector<ushort> a1);
            Vector.Widen(new Vector<byte>(b[i..]), out Vector<ushort> b0, out Vector<ushort> b1);
            Vector.Widen(new Vector<byte>(c[i..]), out Vector<ushort> c0, out Vector<ushort> c1);
            Vector.Widen(new Vector<byte>(d[i..]), out Vector<ushort> d0, out Vector<ushort> d1);
            Vector<ushort> low = b0 + c0, high = b1 + c1;
            Store(a0 + d0 + (low + low + low), sums[i..]);
            Store(a1 + d1 + (high + high + high), sums[(i + (2 * quarter))..]);
        }

        DownScalar(a, b, c, d, sums, i);
    }

    internal static void DownVector(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, ReadOnlySpan<float> d, Span<float> sums)
    {
        int i = 0;
        Vector<float> three = new(3f);
        for (; i <= sums.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> outer = new Vector<float>(a[i..]) + new Vector<float>(d[i..]), inner = new Vector<float>(b[i..]) + new Vector<float>(c[i..]);
            (outer + (three * inner)).CopyTo(sums[i..]);
        }

        DownScalar(a, b, c, d, sums, i);
    }

    internal static void AcrossVector(ReadOnlySpan<float> sums, Span<float> half)
    {
        ref float from = ref MemoryMarshal.GetReference(sums), to = ref MemoryMarshal.GetReference(half);
        Vector256<float> scale = Vector256.Create(1 / 64f);
        int i = 0;
        // The second vector reads one sample more than the last result has a part in.
        for (; i <= half.Length - 8 && (2 * i) + 19 <= sums.Length; i += 8)
        {
            Vector256<float> first = AtEven(ref from, (nuint)(2 * i)), second = AtEven(ref from, (nuint)((2 * i) + 8));
            (Vector256.Create(first.GetLower(), second.GetLower()) * scale).StoreUnsafe(ref to, (nuint)i);
        }

        AcrossScalar(sums, half, i);
    }

    /// <summary>The result at every sample of eight; those at even places come to the lower half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> AtEven(ref float from, nuint at)
    {
        Vector256<float> outer = Vector256.LoadUnsafe(ref from, at) + Vector256.LoadUnsafe(ref from, at + 3);
        Vector256<float> inner = Vector256.LoadUnsafe(ref from, at + 1) + Vector256.LoadUnsafe(ref from, at + 2);
        return Vector256.Shuffle(outer + (Vector256.Create(3f) * inner), Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7));
    }

    private static void Store(Vector<ushort> sums, Span<float> to)
    {
        Vector.Widen(sums, out Vector<uint> low, out Vector<uint> high);
        Vector.ConvertToSingle(Vector.AsVectorInt32(low)).CopyTo(to);
        Vector.ConvertToSingle(Vector.AsVectorInt32(high)).CopyTo(to[Vector<float>.Count..]);
    }
}
