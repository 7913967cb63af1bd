using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using VideoMatte.Frames;

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
    /// <param name="now">The row in hand, codes.</param>
    /// <param name="sum">Weighted codes.</param>
    /// <param name="total">Their weights.</param>
    /// <param name="share">0..1.</param>
    /// <param name="from">First column to do.</param>
    /// <param name="to">The column after the last.</param>
    /// <param name="result">Codes.</param>
    public static void Finish(
        ReadOnlySpan<ushort> now, ReadOnlySpan<float> sum, ReadOnlySpan<float> total, ReadOnlySpan<float> share, int from, int to, Span<ushort> result)
    {
        if (Vector256.IsHardwareAccelerated)
            FinishVector(now, sum, total, share, from, to, result);
        else
            FinishScalar(now, sum, total, share, from, to, result);
    }

    /// <summary>Where the picture moves, what the frame itself is sure of stays: a neighbour's say would be a trail.
    /// share x (1 - moving x max(0, 1 - d / sure)), d being how far a code is from none or full coverage, whichever is nearer.</summary>
    public static void Spare(ReadOnlySpan<ushort> codes, ReadOnlySpan<float> moving, float sure, Span<float> share)
    {
        if (moving.Length != codes.Length || share.Length != codes.Length)
            throw new ArgumentException("window: the lengths differ");
        int i = 0;
        Vector256<float> scale = Vector256.Create(1 / sure);
        for (; Vector256.IsHardwareAccelerated && i <= codes.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            Vector256<ushort> code = Vector256.Create(codes[i..]);
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(Vector256.Min(code, ~code));
            Spared(low, moving[i..], share[i..]);
            Spared(high, moving[(i + Vector256<float>.Count)..], share[(i + Vector256<float>.Count)..]);
        }

        for (; i < codes.Length; i++)
            share[i] *= 1 - (moving[i] * Math.Max(0, 1 - (Math.Min(codes[i], AlphaMatte.Opaque - codes[i]) * (1 / sure))));

        void Spared(Vector256<uint> distance, ReadOnlySpan<float> moving, Span<float> share)
        {
            Vector256<float> kept = Vector256.Max(Vector256<float>.Zero, Vector256<float>.One - (Vector256.ConvertToSingle(distance.AsInt32()) * scale));
            (Vector256.Create((ReadOnlySpan<float>)share) * (Vector256<float>.One - (Vector256.Create(moving) * kept))).CopyTo(share);
        }
    }

    /// <summary>Codes as they are.</summary>
    public static void ToFloats(ReadOnlySpan<ushort> codes, Span<float> result)
    {
        if (codes.Length != result.Length)
            throw new ArgumentException("window: the lengths differ");
        int i = 0;
        for (; Vector256.IsHardwareAccelerated && i <= codes.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(Vector256.Create(codes[i..]));
            // Codes fit into 31 bits.
            Vector256.ConvertToSingle(low.AsInt32()).CopyTo(result[i..]);
            Vector256.ConvertToSingle(high.AsInt32()).CopyTo(result[(i + Vector256<float>.Count)..]);
        }

        for (; i < codes.Length; i++)
            result[i] = codes[i];
    }

    /// <summary>Rounded to the nearest; all lie in 0..65535.</summary>
    public static void ToCodes(ReadOnlySpan<float> values, Span<ushort> codes)
    {
        if (codes.Length != values.Length)
            throw new ArgumentException("window: the lengths differ");
        int i = 0;
        Vector256<float> half = Vector256.Create(.5f);
        for (; Vector256.IsHardwareAccelerated && i <= codes.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            Vector256<int> low = Vector256.ConvertToInt32(Vector256.Create(values[i..]) + half), high = Vector256.ConvertToInt32(Vector256.Create(values[(i + Vector256<float>.Count)..]) + half);
            Vector256.Narrow(low.AsUInt32(), high.AsUInt32()).CopyTo(codes[i..]);
        }

        for (; i < codes.Length; i++)
            codes[i] = (ushort)(values[i] + .5f);
    }

    internal static void FinishScalar(
        ReadOnlySpan<ushort> now, ReadOnlySpan<float> sum, ReadOnlySpan<float> total, ReadOnlySpan<float> share, int from, int to, Span<ushort> result)
    {
        for (int x = from; x < to; x++)
            result[x] = (ushort)(now[x] + (share[x] * ((sum[x] / total[x]) - now[x])) + .5f);
    }
}
