using System.Numerics;

namespace VideoMatte.Evaluation.Metrics;

/// <summary>Sums over mattes of 16-bit codes, exact: whole numbers, for up to 500 million pixels.</summary>
internal static partial class CodeSums
{
    /// <summary>The sum of |a - g|.</summary>
    public static long Absolute(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> g)
    {
        Check(a.Length, g.Length);
        return Vector.IsHardwareAccelerated ? AbsoluteVector(a, g) : AbsoluteScalar(a, g);
    }

    /// <summary>The sum of (a - g)^2.</summary>
    public static long Square(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> g)
    {
        Check(a.Length, g.Length);
        return Vector.IsHardwareAccelerated ? SquareVector(a, g) : SquareScalar(a, g);
    }

    /// <summary>The sum of ((a - a of the frame before) - (g - g of the frame before))^2.</summary>
    public static long ChangeSquare(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> aBefore, ReadOnlySpan<ushort> g, ReadOnlySpan<ushort> gBefore)
    {
        Check(a.Length, aBefore.Length);
        Check(a.Length, g.Length);
        Check(a.Length, gBefore.Length);
        return Vector.IsHardwareAccelerated ? ChangeSquareVector(a, aBefore, g, gBefore) : ChangeSquareScalar(a, aBefore, g, gBefore);
    }

    private static void Check(int count, int other)
    {
        if (count != other)
            throw new ArgumentException("code sums: the counts differ");
    }
}
