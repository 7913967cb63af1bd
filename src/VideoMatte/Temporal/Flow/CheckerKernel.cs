using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VideoMatte.Temporal.Flow;

/// <summary>Takes lines apart into samples at even and at odd places, and puts them together.</summary>
internal static class CheckerKernel
{
    /// <param name="line">Twice as many samples, or more.</param>
    /// <param name="even">Samples 0, 2, 4 ...</param>
    /// <param name="odd">Samples 1, 3, 5 ..., as many.</param>
    public static void Split(ReadOnlySpan<float> line, Span<float> even, Span<float> odd)
    {
        if (line.Length < 2 * even.Length || odd.Length != even.Length)
            throw new ArgumentException("checkerboard: a line is too short");
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref float from = ref MemoryMarshal.GetReference(line);
            ref float first = ref MemoryMarshal.GetReference(even), second = ref MemoryMarshal.GetReference(odd);
            Vector256<int> apart = Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7);
            for (; i <= even.Length - 8; i += 8)
            {
                Vector256<float> a = Vector256.Shuffle(Vector256.LoadUnsafe(ref from, (nuint)(2 * i)), apart);
                Vector256<float> b = Vector256.Shuffle(Vector256.LoadUnsafe(ref from, (nuint)((2 * i) + 8)), apart);
                Vector256.Create(a.GetLower(), b.GetLower()).StoreUnsafe(ref first, (nuint)i);
                Vector256.Create(a.GetUpper(), b.GetUpper()).StoreUnsafe(ref second, (nuint)i);
            }
        }

        for (; i < even.Length; i++)
            (even[i], odd[i]) = (line[2 * i], line[(2 * i) + 1]);
    }

    /// <inheritdoc cref="Split"/>
    public static void Join(ReadOnlySpan<float> even, ReadOnlySpan<float> odd, Span<float> line)
    {
        if (line.Length < 2 * even.Length || odd.Length != even.Length)
            throw new ArgumentException("checkerboard: a line is too short");
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref float to = ref MemoryMarshal.GetReference(line);
            ref float first = ref MemoryMarshal.GetReference(even), second = ref MemoryMarshal.GetReference(odd);
            Vector256<int> together = Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7);
            for (; i <= even.Length - 8; i += 8)
            {
                Vector256<float> a = Vector256.LoadUnsafe(ref first, (nuint)i), b = Vector256.LoadUnsafe(ref second, (nuint)i);
                Vector256.Shuffle(Vector256.Create(a.GetLower(), b.GetLower()), together).StoreUnsafe(ref to, (nuint)(2 * i));
                Vector256.Shuffle(Vector256.Create(a.GetUpper(), b.GetUpper()), together).StoreUnsafe(ref to, (nuint)((2 * i) + 8));
            }
        }

        for (; i < even.Length; i++)
            (line[2 * i], line[(2 * i) + 1]) = (even[i], odd[i]);
    }
}
