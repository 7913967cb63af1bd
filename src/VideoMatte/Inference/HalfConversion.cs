using System.Globalization;

namespace VideoMatte.Inference;

/// <summary>Between single and half precision (IEEE 754 binary16), for networks whose tensors are half.</summary>
internal static partial class HalfConversion
{
    /// <summary>Rounded to nearest, ties to even.</summary>
    /// <param name="single">0..1; other values and what is no number are clamped into it (no number becomes 0).</param>
    /// <param name="half">As many.</param>
    public static void FromUnit(ReadOnlySpan<float> single, Span<Half> half)
    {
        Check(single.Length, half.Length);
        FromUnitVector(single, half);
    }

    /// <summary>Rounded to nearest, ties to even; what is beyond half's range becomes infinite.</summary>
    /// <param name="single">Any values.</param>
    /// <param name="half">As many.</param>
    public static void FromSingle(ReadOnlySpan<float> single, Span<Half> half)
    {
        Check(single.Length, half.Length);
        for (int i = 0; i < half.Length; i++)
            half[i] = (Half)single[i];
    }

    /// <summary>Exact.</summary>
    public static void ToSingle(ReadOnlySpan<Half> half, Span<float> single)
    {
        Check(half.Length, single.Length);
        ToSingleVector(half, single);
    }

    private static void Check(int from, int to)
    {
        if (from != to)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{from} values do not go into {to}"));
    }
}
