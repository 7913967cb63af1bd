using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VideoMatte.Temporal.Flow;

internal static partial class PlaceKernel
{
    internal static unsafe void LookUpVector(
        ReadOnlySpan<float> plane, int stride, int width, int height, int y, ReadOnlySpan<float> u, ReadOnlySpan<float> v, Span<float> result)
    {
        ref float us = ref MemoryMarshal.GetReference(u), vs = ref MemoryMarshal.GetReference(v), to = ref MemoryMarshal.GetReference(result);
        Vector256<float> mostX = Vector256.Create(width - 1f), mostY = Vector256.Create(height - 1f), row = Vector256.Create((float)y);
        Vector256<int> lastX = Vector256.Create(width - 2), lastY = Vector256.Create(height - 2), line = Vector256.Create(stride);
        Vector256<float> columns = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        int i = 0;
        fixed (float* at = plane)
        {
            for (; i <= result.Length - 8; i += 8)
            {
                Vector256<float> x = Vector256.LoadUnsafe(ref us, (nuint)i) + (columns + Vector256.Create((float)i));
                Vector256<float> down = Vector256.LoadUnsafe(ref vs, (nuint)i) + row;
                // The native maximum makes 0 of what is no number, as the conversion of the scalar twin does: no place is outside the plane.
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
                    (a, b) = (Vector256.Load(at + begin), Vector256.Load(at + begin + 1));
                    (c, d) = (Vector256.Load(at + begin + stride), Vector256.Load(at + begin + stride + 1));
                }
                else
                {
                    (a, b) = (Avx2.GatherVector256(at, first, 4), Avx2.GatherVector256(at + 1, first, 4));
                    (c, d) = (Avx2.GatherVector256(at + stride, first, 4), Avx2.GatherVector256(at + stride + 1, first, 4));
                }

                Vector256<float> upper = a + (shareX * (b - a)), lower = c + (shareX * (d - c));
                (upper + (shareY * (lower - upper))).StoreUnsafe(ref to, (nuint)i);
            }
        }

        LookUpScalar(plane, stride, width, height, y, u, v, result, i);
    }
}
