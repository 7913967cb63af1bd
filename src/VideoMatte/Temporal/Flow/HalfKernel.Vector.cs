using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VideoMatte.Temporal.Flow;

internal static partial class HalfKernel
{
    internal static void MeanVector(ReadOnlySpan<byte> above, ReadOnlySpan<byte> below, Span<float> half)
    {
        ref byte a = ref MemoryMarshal.GetReference(above), b = ref MemoryMarshal.GetReference(below);
        ref float to = ref MemoryMarshal.GetReference(half);
        Vector256<float> quarter = Vector256.Create(.25f);
        Vector256<uint> even = Vector256.Create(0xFFFFu);
        int i = 0;
        for (; i <= half.Length - 8; i += 8)
        {
            // Sixteen sums down; neighbours lie in one 32-bit lane, so that adding its halves adds across.
            Vector256<uint> down = (Widen(ref a, (nuint)(2 * i)) + Widen(ref b, (nuint)(2 * i))).AsUInt32();
            Vector256<uint> sum = (down & even) + (down >>> 16);
            (Vector256.ConvertToSingle(sum.AsInt32()) * quarter).StoreUnsafe(ref to, (nuint)i);
        }

        MeanScalar(above, below, half, i);
    }

    internal static void MeanVector(ReadOnlySpan<float> above, ReadOnlySpan<float> below, Span<float> half)
    {
        ref float a = ref MemoryMarshal.GetReference(above), b = ref MemoryMarshal.GetReference(below), to = ref MemoryMarshal.GetReference(half);
        Vector256<float> quarter = Vector256.Create(.25f);
        Vector256<int> apart = Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7);
        int i = 0;
        for (; i <= half.Length - 8; i += 8)
        {
            nuint at = (nuint)(2 * i);
            Vector256<float> first = Vector256.Shuffle(Vector256.LoadUnsafe(ref a, at) + Vector256.LoadUnsafe(ref b, at), apart);
            Vector256<float> second = Vector256.Shuffle(Vector256.LoadUnsafe(ref a, at + 8) + Vector256.LoadUnsafe(ref b, at + 8), apart);
            Vector256<float> even = Vector256.Create(first.GetLower(), second.GetLower());
            Vector256<float> odd = Vector256.Create(first.GetUpper(), second.GetUpper());
            ((even + odd) * quarter).StoreUnsafe(ref to, (nuint)i);
        }

        MeanScalar(above, below, half, i);
    }

    private static Vector256<ushort> Widen(ref byte line, nuint at)
    {
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref line, at));
        return Vector256.Create(low, high);
    }
}
