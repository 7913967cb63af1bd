using System.Runtime.Intrinsics.X86;

namespace VideoMatte.Temporal.Smoothing;

/// <summary>A weighted mean of mattes along the motion, for part of a row: begin with the frame in hand, add its neighbours, and mix the mean
/// in. A neighbour that differs from the frame in hand counts less, by exp(-(strictness x difference)^2).</summary>
internal static partial class WindowKernel
{
    /// <summary>Adds what a neighbour shows at the end of its vectors.</summary>
    /// <param name="now">The row in hand, codes.</param>
    /// <param name="source">The neighbour's whole matte.</param>
    /// <param name="height">Its rows; its columns are the row's.</param>
    /// <param name="y">The row in hand.</param>
    /// <param name="u">Vectors to the neighbour, to the right, pixels; one for each column.</param>
    /// <param name="v">Downwards.</param>
    /// <param name="weight">0 or more, one for each column.</param>
    /// <param name="strictness">One over the difference, in codes, at which the neighbour counts 1/e of its weight; one for each column.</param>
    /// <param name="from">First column to do.</param>
    /// <param name="to">The column after the last.</param>
    /// <param name="sum">Weighted codes so far, one for each column; added to.</param>
    /// <param name="total">Weights so far; added to.</param>
    public static void Add(
        ReadOnlySpan<ushort> now, ReadOnlySpan<ushort> source, int height, int y, ReadOnlySpan<float> u, ReadOnlySpan<float> v,
        ReadOnlySpan<float> weight, ReadOnlySpan<float> strictness, int from, int to, Span<float> sum, Span<float> total)
    {
        int width = now.Length;
        if (source.Length != width * height || (uint)y >= (uint)height || u.Length != width || v.Length != width || weight.Length != width || strictness.Length != width
            || sum.Length != width || total.Length != width || from < 0 || to > width || from > to)
            throw new ArgumentException("window: a row or matte of another length");
        if (Avx2.IsSupported && width > 1 && height > 1)
            AddVector(now, source, height, y, u, v, weight, strictness, from, to, sum, total);
        else
            AddScalar(now, source, height, y, u, v, weight, strictness, from, to, sum, total);
    }

    /// <summary>result = now + share (sum / total - now), rounded; equal samples stay as they are.</summary>
    public static void Finish(
        ReadOnlySpan<ushort> now, ReadOnlySpan<float> sum, ReadOnlySpan<float> total, ReadOnlySpan<float> share, int from, int to, Span<ushort> result)
    {
        for (int x = from; x < to; x++)
            result[x] = (ushort)(now[x] + (share[x] * ((sum[x] / total[x]) - now[x])) + .5f);
    }
}
