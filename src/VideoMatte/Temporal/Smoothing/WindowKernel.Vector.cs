using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VideoMatte.Temporal.Smoothing;

internal static partial class WindowKernel
{
    /// <summary>As the scalar twin, but for the last bits of exp.</summary>
    internal static unsafe void AddVector(
        ReadOnlySpan<ushort> now, ReadOnlySpan<ushort> source, int height, int y, ReadOnlySpan<float> u, ReadOnlySpan<float> v,
        ReadOnlySpan<float> weight, ReadOnlySpan<float> strictness, int from, int to, Span<float> sum, Span<float> total)
    {
        int width = now.Length;
        ref ushort here = ref MemoryMarshal.GetReference(now);
        ref float us = ref MemoryMarshal.GetReference(u), vs = ref MemoryMarshal.GetReference(v), ws = ref MemoryMarshal.GetReference(weight);
        ref float strict = ref MemoryMarshal.GetReference(strictness), sums = ref MemoryMarshal.GetReference(sum), totals = ref MemoryMarshal.GetReference(total);
        Vector256<float> columns = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7), row = Vector256.Create((float)y);
        Vector256<float> mostX = Vector256.Create(width - 1f), mostY = Vector256.Create(height - 1f);
        Vector256<int> lastX = Vector256.Create(width - 2), lastY = Vector256.Create(height - 2), line = Vector256.Create(width), low = Vector256.Create(0xFFFF);
        int i = from;
        fixed (ushort* plane = source)
        {
            for (; i <= to - 8; i += 8)
            {
                Vector256<float> x = Vector256.LoadUnsafe(ref us, (nuint)i) + (columns + Vector256.Create((float)i));
                Vector256<float> down = Vector256.LoadUnsafe(ref vs, (nuint)i) + row;
                x = Vector256.MinNative(Vector256.MaxNative(x, Vector256<float>.Zero), mostX);
                down = Vector256.MinNative(Vector256.MaxNative(down, Vector256<float>.Zero), mostY);
                Vector256<int> left = Vector256.Min(Avx.ConvertToVector256Int32WithTruncation(x), lastX);
                Vector256<int> top = Vector256.Min(Avx.ConvertToVector256Int32WithTruncation(down), lastY);
                Vector256<float> shareX = x - Vector256.ConvertToSingle(left), shareY = down - Vector256.ConvertToSingle(top);
                Vector256<int> first = (top * line) + left;
                Vector256<float> a, b, c, d;
                int begin = first.ToScalar();
                if (first == Vector256.Create(begin) + Vector256<int>.Indices)
                {
                    // Where the flow is smooth the places are neighbours: four loads in place of gathering.
                    ushort* at = plane + begin;
                    (a, b) = (Load(at), Load(at + 1));
                    (c, d) = (Load(at + width), Load(at + width + 1));
                }
                else
                {
                    // A sample and its right neighbour are one 32-bit word.
                    Vector256<int> upper = Avx2.GatherVector256((int*)plane, first, 2), lower = Avx2.GatherVector256((int*)(plane + width), first, 2);
                    (a, b) = (Vector256.ConvertToSingle(upper & low), Vector256.ConvertToSingle(upper >>> 16));
                    (c, d) = (Vector256.ConvertToSingle(lower & low), Vector256.ConvertToSingle(lower >>> 16));
                }

                Vector256<float> above = a + (shareX * (b - a)), under = c + (shareX * (d - c));
                Vector256<float> there = above + (shareY * (under - above));
                Vector256<float> difference = (there - Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(Vector128.LoadUnsafe(ref here, (nuint)i)))) * Vector256.LoadUnsafe(ref strict, (nuint)i);
                Vector256<float> counts = Vector256.LoadUnsafe(ref ws, (nuint)i) * Vector256.Exp(-(difference * difference));
                (Vector256.LoadUnsafe(ref sums, (nuint)i) + (counts * there)).StoreUnsafe(ref sums, (nuint)i);
                (Vector256.LoadUnsafe(ref totals, (nuint)i) + counts).StoreUnsafe(ref totals, (nuint)i);
            }
        }

        AddScalar(now, source, height, y, u, v, weight, strictness, i, to, sum, total);

        static Vector256<float> Load(ushort* codes) => Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(codes));
    }

    /// <summary>As the scalar twin, operation for operation.</summary>
    internal static void FinishVector(
        ReadOnlySpan<ushort> now, ReadOnlySpan<float> sum, ReadOnlySpan<float> total, ReadOnlySpan<float> share, int from, int to, Span<ushort> result)
    {
        int i = from;
        for (; i <= to - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(Vector256.Create(now[i..]));
            Vector256.Narrow(
                Mixed(Vector256.ConvertToSingle(low.AsInt32()), i, sum, total, share),
                Mixed(Vector256.ConvertToSingle(high.AsInt32()), i + Vector256<float>.Count, sum, total, share)).CopyTo(result[i..]);
        }

        FinishScalar(now, sum, total, share, i, to, result);

        static Vector256<uint> Mixed(Vector256<float> own, int at, ReadOnlySpan<float> sum, ReadOnlySpan<float> total, ReadOnlySpan<float> share)
        {
            Vector256<float> mean = Vector256.Create(sum[at..]) / Vector256.Create(total[at..]);
            return Vector256.ConvertToInt32(own + (Vector256.Create(share[at..]) * (mean - own)) + Vector256.Create(.5f)).AsUInt32();
        }
    }
}
