using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VideoMatte.Temporal.Flow;

public static partial class FlowConfidence
{
    /// <summary>As the scalar twin, but for the last bits of exp.</summary>
    internal static void CompareVector(
        ReadOnlySpan<float> u, ReadOnlySpan<float> v, int y, int height, Span<float> error, Span<float> confidence)
    {
        ref float us = ref MemoryMarshal.GetReference(u), vs = ref MemoryMarshal.GetReference(v);
        ref float e = ref MemoryMarshal.GetReference(error), c = ref MemoryMarshal.GetReference(confidence);
        Vector256<float> columns = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7), row = Vector256.Create((float)y), zero = default;
        Vector256<float> mostX = Vector256.Create(u.Length - 1f), mostY = Vector256.Create(height - 1f);
        Vector256<float> scale = Vector256.Create(-1 / (Scale * Scale)), infinite = Vector256.Create(float.PositiveInfinity);
        int i = 0;
        for (; i <= u.Length - 8; i += 8)
        {
            Vector256<float> right = Vector256.LoadUnsafe(ref us, (nuint)i), down = Vector256.LoadUnsafe(ref vs, (nuint)i);
            Vector256<float> x = right + (columns + Vector256.Create((float)i)), below = down + row;
            Vector256<float> inside = Vector256.GreaterThanOrEqual(x, zero) & Vector256.GreaterThanOrEqual(below, zero)
                & Vector256.LessThanOrEqual(x, mostX) & Vector256.LessThanOrEqual(below, mostY);
            Vector256<float> restU = right + Vector256.LoadUnsafe(ref e, (nuint)i), restV = down + Vector256.LoadUnsafe(ref c, (nuint)i);
            Vector256<float> square = (restU * restU) + (restV * restV);
            Vector256.ConditionalSelect(inside, Vector256.Sqrt(square), infinite).StoreUnsafe(ref e, (nuint)i);
            (Vector256.Exp(square * scale) & inside).StoreUnsafe(ref c, (nuint)i);
        }

        CompareScalar(u, v, y, height, error, confidence, i);
    }
}
