using System.Numerics;
using VideoMatte.Frames;

namespace VideoMatte.Compositing.Edges;

internal static partial class FloatRows
{
    private static int Step => Vector<float>.Count;

    internal static void FromCodesVector(ReadOnlySpan<ushort> alpha, Span<float> values, bool inverted)
    {
        int i = 0;
        Vector<ushort> flip = new((ushort)(inverted ? AlphaMatte.Opaque : 0)); // 65535 - a is a with every bit turned
        for (; i <= values.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(alpha[i..]) ^ flip, out Vector<uint> low, out Vector<uint> high);
            Vector.ConvertToSingle(Vector.AsVectorInt32(low)).CopyTo(values[i..]);
            Vector.ConvertToSingle(Vector.AsVectorInt32(high)).CopyTo(values[(i + Step)..]);
        }

        FromCodesScalar(alpha[i..], values[i..], inverted);
    }

    internal static void ToCodesVector(ReadOnlySpan<float> values, Span<ushort> alpha, bool inverted)
    {
        int i = 0;
        Vector<ushort> flip = new((ushort)(inverted ? AlphaMatte.Opaque : 0));
        for (; i <= alpha.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
            (Vector.Narrow(Round(values[i..]), Round(values[(i + Step)..])) ^ flip).CopyTo(alpha[i..]);
        ToCodesScalar(values[i..], alpha[i..], inverted);
    }

    internal static void MaxVector(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        int i = 0;
        for (; i <= result.Length - Step; i += Step)
            Vector.Max(new Vector<float>(a[i..]), new Vector<float>(b[i..])).CopyTo(result[i..]);
        MaxScalar(a[i..], b[i..], result[i..]);
    }

    internal static void RaiseBetweenVector(Span<float> best, ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, float across, float down)
    {
        Vector<float> x = new(across), y = new(down);
        ReadOnlySpan<float> upperNext = upper[1..], lowerNext = lower[1..];
        int i = 0;
        for (; i <= best.Length - Step; i += Step)
        {
            Vector<float> u = new(upper[i..]), l = new(lower[i..]);
            Vector<float> top = u + (x * (new Vector<float>(upperNext[i..]) - u)), bottom = l + (x * (new Vector<float>(lowerNext[i..]) - l));
            Vector.Max(new Vector<float>(best[i..]), top + (y * (bottom - top))).CopyTo(best[i..]);
        }

        RaiseBetweenScalar(best[i..], upper[i..], lower[i..], across, down);
    }

    internal static void BeginVector(Span<float> sums, ReadOnlySpan<float> a, float weight)
    {
        Vector<float> w = new(weight);
        int i = 0;
        for (; i <= sums.Length - Step; i += Step)
            (w * new Vector<float>(a[i..])).CopyTo(sums[i..]);
        BeginScalar(sums[i..], a[i..], weight);
    }

    internal static void AddPairVector(Span<float> sums, ReadOnlySpan<float> a, ReadOnlySpan<float> b, float weight)
    {
        Vector<float> w = new(weight);
        int i = 0;
        for (; i <= sums.Length - Step; i += Step)
            (new Vector<float>(sums[i..]) + (w * (new Vector<float>(a[i..]) + new Vector<float>(b[i..])))).CopyTo(sums[i..]);
        AddPairScalar(sums[i..], a[i..], b[i..], weight);
    }

    private static Vector<uint> Round(ReadOnlySpan<float> values)
    {
        Vector<float> clamped = Vector.Min(Vector.Max(new Vector<float>(values), Vector<float>.Zero), new Vector<float>(AlphaMatte.Opaque));
        return Vector.AsVectorUInt32(Vector.ConvertToInt32(clamped + new Vector<float>(0.5f)));
    }
}
