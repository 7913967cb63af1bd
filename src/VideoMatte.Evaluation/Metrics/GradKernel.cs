using System.Numerics;

namespace VideoMatte.Evaluation.Metrics;

/// <summary>The passes of <see cref="GradMetric"/>: correlation with the first derivatives of a Gaussian, sigma 1.4, half width 4. The 9 x 9
/// kernel G(i) G'(j), G'(x) = -x G(x) / sigma^2, divided by its Frobenius norm, is the outer product of two vectors of length 1, so that
/// two passes of 9 taps do.</summary>
internal static partial class GradKernel
{
    /// <summary>Pixels the kernel reaches to each side.</summary>
    public const int Half = 4;

    /// <summary>Rows or columns the kernel covers.</summary>
    public const int Taps = (2 * Half) + 1;

    private const double Sigma = 1.4;

    /// <summary>G at distance 0 to 4, divided by the length of all nine.</summary>
    private static readonly float[] Smooth = Normalised(x => Math.Exp(-x * x / (2 * Sigma * Sigma)));

    /// <summary>-G' at distance 0 to 4, divided likewise: G' is odd, so that a pair of taps is one product of a difference.</summary>
    private static readonly float[] Slope = Normalised(x => x * Math.Exp(-x * x / (2 * Sigma * Sigma)));

    /// <summary>One row across.</summary>
    /// <param name="padded">The row, with four more pixels at either end.</param>
    /// <param name="smooth">Gets the row correlated with G; eight fewer.</param>
    /// <param name="slope">Gets the row correlated with G'; as many.</param>
    public static void Across(ReadOnlySpan<float> padded, Span<float> smooth, Span<float> slope)
    {
        if (smooth.Length != slope.Length || padded.Length != smooth.Length + (2 * Half))
            throw new ArgumentException("grad: the counts of a row differ");
        if (Vector.IsHardwareAccelerated)
            AcrossVector(padded, smooth, slope);
        else
            AcrossScalar(padded, smooth, slope, 0);
    }

    /// <summary>One row of gradient lengths from nine rows of <see cref="Across"/>.</summary>
    /// <param name="smooth">Rows of G across.</param>
    /// <param name="slope">Rows of G' across, laid out alike.</param>
    /// <param name="rows">Where in both each of the nine rows begins, from the uppermost to the lowest.</param>
    /// <param name="lengths">Gets |gradient|.</param>
    public static void Down(ReadOnlySpan<float> smooth, ReadOnlySpan<float> slope, ReadOnlySpan<int> rows, Span<float> lengths)
    {
        if (rows.Length != Taps)
            throw new ArgumentException("grad: nine rows are wanted");
        foreach (int row in rows)
            if (row < 0 || row > Math.Min(smooth.Length, slope.Length) - lengths.Length)
                throw new ArgumentException("grad: a row lies outside");
        if (Vector.IsHardwareAccelerated)
            DownVector(smooth, slope, rows, lengths);
        else
            DownScalar(smooth, slope, rows, lengths, 0);
    }

    /// <summary>The sum of (scale x - otherScale y)^2; the squares in single precision, their sum in double.</summary>
    public static double SquaredDifference(ReadOnlySpan<float> lengths, float scale, ReadOnlySpan<float> others, float otherScale)
    {
        if (lengths.Length != others.Length)
            throw new ArgumentException("grad: the counts differ");
        return Vector.IsHardwareAccelerated
            ? SquaredDifferenceVector(lengths, scale, others, otherScale)
            : SquaredDifferenceScalar(lengths, scale, others, otherScale);
    }

    /// <summary>Least and greatest of at least one value.</summary>
    public static (float Least, float Greatest) Extremes(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
            throw new ArgumentException("grad: no values");
        return Vector.IsHardwareAccelerated ? ExtremesVector(values) : ExtremesScalar(values, values[0], values[0]);
    }

    /// <summary>code / 65535, rounded once.</summary>
    public static void ToUnit(ReadOnlySpan<ushort> codes, Span<float> unit)
    {
        if (codes.Length != unit.Length)
            throw new ArgumentException("grad: the counts differ");
        if (Vector.IsHardwareAccelerated)
            ToUnitVector(codes, unit);
        else
            ToUnitScalar(codes, unit, 0);
    }

    private static float[] Normalised(Func<double, double> tap)
    {
        double[] taps = [.. Enumerable.Range(0, Half + 1).Select(x => tap(x))];
        double length = Math.Sqrt(taps.Sum(t => 2 * t * t) - (taps[0] * taps[0]));
        return [.. taps.Select(t => (float)(t / length))];
    }
}
