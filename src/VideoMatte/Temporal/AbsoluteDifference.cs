using System.Numerics;

namespace VideoMatte.Temporal;

/// <summary>The sum of |a - b| over bytes.</summary>
internal static partial class AbsoluteDifference
{
    public static long Sum(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Length != b.Length)
            throw new ArgumentException("absolute difference: the lengths differ");
        return Vector.IsHardwareAccelerated ? SumVector(a, b) : SumScalar(a, b);
    }
}
