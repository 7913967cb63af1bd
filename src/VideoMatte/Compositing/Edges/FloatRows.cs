using System.Numerics;

namespace VideoMatte.Compositing.Edges;

/// <summary>The loops of the edge tools, on rows of alpha as floats, 0..65535. All spans of a call are of the result's length unless said
/// otherwise. The twins do the same operations in the same order and agree bit for bit.</summary>
internal static partial class FloatRows
{
    /// <summary>values = alpha, or 65535 - alpha where <paramref name="inverted"/>.</summary>
    public static void FromCodes(ReadOnlySpan<ushort> alpha, Span<float> values, bool inverted)
    {
        if (Vector.IsHardwareAccelerated)
            FromCodesVector(alpha, values, inverted);
        else
            FromCodesScalar(alpha, values, inverted);
    }

    /// <summary>The way back: rounded, halves up; below 0 becomes 0, above 65535 becomes 65535.</summary>
    public static void ToCodes(ReadOnlySpan<float> values, Span<ushort> alpha, bool inverted)
    {
        if (Vector.IsHardwareAccelerated)
            ToCodesVector(values, alpha, inverted);
        else
            ToCodesScalar(values, alpha, inverted);
    }

    /// <summary>result = the larger of two.</summary>
    public static void Max(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        if (Vector.IsHardwareAccelerated)
            MaxVector(a, b, result);
        else
            MaxScalar(a, b, result);
    }

    /// <summary>best = the larger of best and the point between four samples: <paramref name="across"/> from this column to the next,
    /// <paramref name="down"/> from the upper row to the lower, each 0..1.</summary>
    /// <param name="best">Raised.</param>
    /// <param name="upper">One longer than <paramref name="best"/>.</param>
    /// <param name="lower">One longer than <paramref name="best"/>.</param>
    /// <param name="across">Weight of the next column.</param>
    /// <param name="down">Weight of the lower row.</param>
    public static void RaiseBetween(Span<float> best, ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, float across, float down)
    {
        if (Vector.IsHardwareAccelerated)
            RaiseBetweenVector(best, upper, lower, across, down);
        else
            RaiseBetweenScalar(best, upper, lower, across, down);
    }

    /// <summary>sums = weight x a.</summary>
    public static void Begin(Span<float> sums, ReadOnlySpan<float> a, float weight)
    {
        if (Vector.IsHardwareAccelerated)
            BeginVector(sums, a, weight);
        else
            BeginScalar(sums, a, weight);
    }

    /// <summary>sums += weight x (a + b): both sides of an even kernel.</summary>
    public static void AddPair(Span<float> sums, ReadOnlySpan<float> a, ReadOnlySpan<float> b, float weight)
    {
        if (Vector.IsHardwareAccelerated)
            AddPairVector(sums, a, b, weight);
        else
            AddPairScalar(sums, a, b, weight);
    }
}
