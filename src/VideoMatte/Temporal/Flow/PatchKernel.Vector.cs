using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VideoMatte.Temporal.Flow;

internal static partial class PatchKernel
{
    internal static PatchFit FitVector(
        ReadOnlySpan<float> from, ReadOnlySpan<float> gradientX, ReadOnlySpan<float> gradientY, ReadOnlySpan<float> to, int stride,
        float shareX, float shareY)
    {
        ref float f = ref MemoryMarshal.GetReference(from), gx = ref MemoryMarshal.GetReference(gradientX);
        ref float gy = ref MemoryMarshal.GetReference(gradientY), t = ref MemoryMarshal.GetReference(to);
        Vector256<float> sx = Vector256.Create(shareX), sy = Vector256.Create(shareY);
        Vector256<float> sum = default, squares = default, alongX = default, alongY = default;
        Vector256<float> above = Across(ref t, 0, sx);
        nuint at = 0;
        for (int y = 0; y < PatchGrid.PatchSize; y++)
        {
            Vector256<float> below = Across(ref t, at + (nuint)stride, sx);
            Vector256<float> d = above + (sy * (below - above)) - Vector256.LoadUnsafe(ref f, at);
            sum += d;
            squares += d * d;
            alongX += d * Vector256.LoadUnsafe(ref gx, at);
            alongY += d * Vector256.LoadUnsafe(ref gy, at);
            above = below;
            at += (nuint)stride;
        }

        return new PatchFit(Total(sum), Total(squares), Total(alongX), Total(alongY));
    }

    internal static GradientSums GradientsVector(ReadOnlySpan<float> gradientX, ReadOnlySpan<float> gradientY, int stride)
    {
        ref float gx = ref MemoryMarshal.GetReference(gradientX), gy = ref MemoryMarshal.GetReference(gradientY);
        Vector256<float> sumX = default, sumY = default, xx = default, xy = default, yy = default;
        for (int y = 0; y < PatchGrid.PatchSize; y++)
        {
            Vector256<float> x = Vector256.LoadUnsafe(ref gx, (nuint)(y * stride)), down = Vector256.LoadUnsafe(ref gy, (nuint)(y * stride));
            sumX += x;
            sumY += down;
            xx += x * x;
            xy += x * down;
            yy += down * down;
        }

        return new GradientSums(Total(sumX), Total(sumY), Total(xx), Total(xy), Total(yy));
    }

    internal static void SpreadVector(
        ReadOnlySpan<float> from, ReadOnlySpan<float> to, int stride, float shareX, float shareY, float u, float v, int rows, in SpreadSums sums)
    {
        ref float f = ref MemoryMarshal.GetReference(from), t = ref MemoryMarshal.GetReference(to);
        ref float weights = ref MemoryMarshal.GetReference(sums.Weight);
        ref float us = ref MemoryMarshal.GetReference(sums.U), vs = ref MemoryMarshal.GetReference(sums.V);
        Vector256<float> sx = Vector256.Create(shareX), sy = Vector256.Create(shareY), one = Vector256.Create(1f);
        Vector256<float> above = Across(ref t, 0, sx);
        nuint at = 0, to8 = 0;
        for (int y = 0; y < rows; y++)
        {
            Vector256<float> below = Across(ref t, at + (nuint)stride, sx);
            Vector256<float> d = above + (sy * (below - above)) - Vector256.LoadUnsafe(ref f, at);
            Vector256<float> weight = one / Vector256.Max(one, Vector256.Abs(d));
            (Vector256.LoadUnsafe(ref weights, to8) + weight).StoreUnsafe(ref weights, to8);
            (Vector256.LoadUnsafe(ref us, to8) + (weight * u)).StoreUnsafe(ref us, to8);
            (Vector256.LoadUnsafe(ref vs, to8) + (weight * v)).StoreUnsafe(ref vs, to8);
            above = below;
            at += (nuint)stride;
            to8 += (nuint)sums.Stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Across(ref float picture, nuint at, Vector256<float> share)
    {
        Vector256<float> left = Vector256.LoadUnsafe(ref picture, at);
        return left + (share * (Vector256.LoadUnsafe(ref picture, at + 1) - left));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Total(Vector256<float> columns)
    {
        Vector128<float> half = columns.GetLower() + columns.GetUpper();
        half += Vector128.Shuffle(half, Vector128.Create(2, 3, 0, 1));
        return half.ToScalar() + half.GetElement(1);
    }
}
