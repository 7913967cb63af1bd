using System.Numerics;

namespace VideoMatte.Temporal.Flow;

/// <summary>Arithmetic on whole rows of floats.</summary>
internal static partial class RowKernel
{
    /// <summary>Between two rows, grown: result = scale (near x nearWeight + far x farWeight).</summary>
    public static void Mix(
        ReadOnlySpan<float> near, ReadOnlySpan<float> far, float nearWeight, float farWeight, float scale, Span<float> result)
    {
        Check(near.Length == result.Length && far.Length == result.Length);
        (nearWeight, farWeight) = (nearWeight * scale, farWeight * scale);
        if (Vector.IsHardwareAccelerated)
            MixVector(near, far, nearWeight, farWeight, result);
        else
            MixScalar(near, far, nearWeight, farWeight, result, 0);
    }

    /// <summary>Divides two rows by a third.</summary>
    /// <param name="divisors">None of them 0.</param>
    /// <param name="a">Becomes a / divisor.</param>
    /// <param name="b">Becomes b / divisor.</param>
    public static void Divide(ReadOnlySpan<float> divisors, Span<float> a, Span<float> b)
    {
        Check(a.Length == divisors.Length && b.Length == divisors.Length);
        if (Vector.IsHardwareAccelerated)
            DivideVector(divisors, a, b);
        else
            DivideScalar(divisors, a, b, 0);
    }

    /// <summary>Two rows by their mean and by how the second differs from the first.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="second">The second one; becomes second - first.</param>
    /// <param name="mean">(first + second) / 2.</param>
    public static void MeanAndChange(ReadOnlySpan<float> first, Span<float> second, Span<float> mean)
    {
        Check(second.Length == first.Length && mean.Length == first.Length);
        if (Vector.IsHardwareAccelerated)
            MeanAndChangeVector(first, second, mean);
        else
            MeanAndChangeScalar(first, second, mean, 0);
    }

    private static void Check(bool same)
    {
        if (!same)
            throw new ArgumentException("rows: the lengths differ");
    }
}
