using System.Numerics;

namespace VideoMatte.Temporal;

/// <summary>The sum of a x b over samples.</summary>
internal static partial class InnerProduct
{
    public static double Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.Length != b.Length)
            throw new ArgumentException("inner product: the lengths differ");
        return Vector.IsHardwareAccelerated ? SumVector(a, b) : SumScalar(a, b);
    }
}
