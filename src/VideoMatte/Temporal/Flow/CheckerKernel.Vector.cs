using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VideoMatte.Temporal.Flow;

internal static partial class CheckerKernel
{
    internal static void SplitVector(ReadOnlySpan<float> line, Span<float> even, Span<float> odd)
    {
        ref float from = ref MemoryMarshal.GetReference(line);
        ref float first = ref MemoryMarshal.GetReference(even), second = ref MemoryMarshal.GetReference(odd);
        Vector256<int> apart = Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7);
        int i = 0;
        for (; i <= even.Length - 8; i += 8)
        {
            Vector256<float> a = Vector256.Shuffle(Vector256.LoadUnsafe(ref from, (nuint)(2 * i)), apart);
            Vector256<float> b = Vector256.Shuffle(Vector256.LoadUnsafe(ref from, (nuint)((2 * i) + 8)), apart);
            Vector256.Create(a.GetLower(), b.GetLower()).StoreUnsafe(ref first, (nuint)i);
            Vector256.Create(a.GetUpper(), b.GetUpper()).StoreUnsafe(ref second, (nuint)i);
        }

        SplitScalar(line, even, odd, i);
    }

    internal static void JoinVector(ReadOnlySpan<float> even, ReadOnlySpan<float> odd, Span<float> line)
    {
        ref float to = ref MemoryMarshal.GetReference(line);
        ref float first = ref MemoryMarshal.GetReference(even), second = ref MemoryMarshal.GetReference(odd);
        Vector256<int> together = Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7);
        int i = 0;
        for (; i <= even.Length - 8; i += 8)
        {
            Vector256<float> a = Vector256.LoadUnsafe(ref first, (nuint)i), b = Vector256.LoadUnsafe(ref second, (nuint)i);
            Vector256.Shuffle(Vector256.Create(a.GetLower(), b.GetLower()), together).StoreUnsafe(ref to, (nuint)(2 * i));
            Vector256.Shuffle(Vector256.Create(a.GetUpper(), b.GetUpper()), together).StoreUnsafe(ref to, (nuint)((2 * i) + 8));
        }

        JoinScalar(even, odd, line, i);
    }
}
