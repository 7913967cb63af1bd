using System.Numerics;
using System.Runtime.CompilerServices;
using VideoMatte.Frames;

namespace VideoMatte.Matting;

internal static partial class ForegroundKernel
{
    internal static void CodesVector<T>(
        ReadOnlySpan<float> r, ReadOnlySpan<float> g, ReadOnlySpan<float> b, in Quantiser q,
        ReadOnlySpan<ushort> alpha, ReadOnlySpan<T> source, Span<T> output)
        where T : unmanaged
    {
        int x = 0, step = Vector<float>.Count;
        Vector<float> wr = new(q.Weights.R), wg = new(q.Weights.G), wb = new(q.Weights.B), offset = new(q.Offset);
        Vector<float> low = new(q.Low), high = new(q.High), opaque = new(AlphaMatte.Opaque);
        Span<Vector<float>> own = stackalloc Vector<float>[4], cover = stackalloc Vector<float>[4];
        Span<Vector<int>> codes = stackalloc Vector<int>[4];
        for (; x <= output.Length - SampleVectors.Count; x += SampleVectors.Count)
        {
            if (!alpha.Slice(x, SampleVectors.Count).ContainsAnyExcept((ushort)AlphaMatte.Opaque))
            {
                source.Slice(x, SampleVectors.Count).CopyTo(output[x..]);
                continue;
            }

            SampleVectors.Load(source, x, out own[0], out own[1], out own[2], out own[3]);
            SampleVectors.Load(alpha, x, out cover[0], out cover[1], out cover[2], out cover[3]);
            for (int part = 0, at = x; part < 4; part++, at += step)
            {
                Vector<float> value = (new Vector<float>(r[at..]) * wr) + (new Vector<float>(g[at..]) * wg)
                    + (new Vector<float>(b[at..]) * wb) + offset;
                codes[part] = Vector.ConditionalSelect(
                    Vector.Equals(cover[part], opaque), Vector.ConvertToInt32(own[part]), SampleVectors.ToCode(value, low, high));
            }

            SampleVectors.Store(codes[0], codes[1], codes[2], codes[3], output, x);
        }

        CodesScalar(r, g, b, q, alpha, source, output, x);
    }

    internal static void WeighVector(
        ReadOnlySpan<float> r, ReadOnlySpan<float> g, ReadOnlySpan<float> b, RgbWeights weights, bool add, Span<float> output)
    {
        int x = 0, step = Vector<float>.Count;
        Vector<float> wr = new(weights.R), wg = new(weights.G), wb = new(weights.B);
        for (; x <= output.Length - step; x += step)
        {
            Vector<float> before = add ? new Vector<float>(output[x..]) : Vector<float>.Zero;
            (before + ((new Vector<float>(r[x..]) * wr) + (new Vector<float>(g[x..]) * wg) + (new Vector<float>(b[x..]) * wb)))
                .CopyTo(output[x..]);
        }

        WeighScalar(r, g, b, weights, add, output, x);
    }

    internal static void MarkUnsureVector(ReadOnlySpan<ushort> alpha, float weight, bool add, Span<float> output)
    {
        int x = 0, step = Vector<float>.Count;
        Vector<float> opaque = new(AlphaMatte.Opaque), mark = new(weight);
        Span<Vector<float>> cover = stackalloc Vector<float>[4];
        for (; x <= output.Length - SampleVectors.Count; x += SampleVectors.Count)
        {
            SampleVectors.Load(alpha, x, out cover[0], out cover[1], out cover[2], out cover[3]);
            for (int part = 0, at = x; part < 4; part++, at += step)
            {
                Vector<float> before = add ? new Vector<float>(output[at..]) : Vector<float>.Zero;
                (before + Vector.ConditionalSelect(Vector.Equals(cover[part], opaque), Vector<float>.Zero, mark)).CopyTo(output[at..]);
            }
        }

        MarkUnsureScalar(alpha, weight, add, output, x);
    }

    internal static void GatherLeftVector(ReadOnlySpan<float> full, Span<float> half)
    {
        GatherLeftScalar(full, half, 0, 1);
        int i = 1, step = Vector<float>.Count;
        Vector<float> middle = new(.5f), side = new(.25f);
        for (; 2 * (i + step) <= full.Length; i += step)
        {
            Pairs(full[(2 * i)..], out Vector<float> even, out Vector<float> odd);
            Pairs(full[((2 * i) - 1)..], out Vector<float> before, out _);
            ((even * middle) + ((before + odd) * side)).CopyTo(half[i..]);
        }

        GatherLeftScalar(full, half, i);
    }

    internal static void GatherCentreVector(ReadOnlySpan<float> full, Span<float> half)
    {
        int i = 0, step = Vector<float>.Count;
        Vector<float> middle = new(.5f);
        for (; 2 * (i + step) <= full.Length; i += step)
        {
            Pairs(full[(2 * i)..], out Vector<float> even, out Vector<float> odd);
            ((even + odd) * middle).CopyTo(half[i..]);
        }

        GatherCentreScalar(full, half, i);
    }

    internal static void ChromaCodesVector<T>(
        ReadOnlySpan<float> values, ReadOnlySpan<float> unsure, in Quantiser q, ReadOnlySpan<T> source, Span<T> output)
        where T : unmanaged
    {
        int x = 0, step = Vector<float>.Count;
        Vector<float> offset = new(q.Offset), low = new(q.Low), high = new(q.High);
        Span<Vector<float>> own = stackalloc Vector<float>[4];
        Span<Vector<int>> codes = stackalloc Vector<int>[4];
        for (; x <= output.Length - SampleVectors.Count; x += SampleVectors.Count)
        {
            SampleVectors.Load(source, x, out own[0], out own[1], out own[2], out own[3]);
            for (int part = 0, at = x; part < 4; part++, at += step)
            {
                Vector<int> sure = Vector.Equals(new Vector<float>(unsure[at..]), Vector<float>.Zero);
                Vector<int> painted = SampleVectors.ToCode(new Vector<float>(values[at..]) + offset, low, high);
                codes[part] = Vector.ConditionalSelect(sure, Vector.ConvertToInt32(own[part]), painted);
            }

            SampleVectors.Store(codes[0], codes[1], codes[2], codes[3], output, x);
        }

        ChromaCodesScalar(values, unsure, q, source, output, x);
    }

    /// <summary>Two vectors of neighbours as one of the even and one of the odd columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pairs(ReadOnlySpan<float> full, out Vector<float> even, out Vector<float> odd)
    {
        Vector<ulong> low = new Vector<float>(full).As<float, ulong>();
        Vector<ulong> high = new Vector<float>(full[Vector<float>.Count..]).As<float, ulong>();
        even = Vector.Narrow(low, high).As<uint, float>();
        odd = Vector.Narrow(low >> 32, high >> 32).As<uint, float>();
    }
}
