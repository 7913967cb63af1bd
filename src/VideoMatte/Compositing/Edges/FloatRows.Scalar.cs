using VideoMatte.Frames;

namespace VideoMatte.Compositing.Edges;

internal static partial class FloatRows
{
    internal static void FromCodesScalar(ReadOnlySpan<ushort> alpha, Span<float> values, bool inverted)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = inverted ? AlphaMatte.Opaque - alpha[i] : alpha[i];
    }

    internal static void ToCodesScalar(ReadOnlySpan<float> values, Span<ushort> alpha, bool inverted)
    {
        for (int i = 0; i < alpha.Length; i++)
        {
            int code = (int)(Math.Min(Math.Max(values[i], 0f), AlphaMatte.Opaque) + 0.5f);
            alpha[i] = (ushort)(inverted ? AlphaMatte.Opaque - code : code);
        }
    }

    internal static void MaxScalar(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        for (int i = 0; i < result.Length; i++)
            result[i] = Math.Max(a[i], b[i]);
    }

    internal static void RaiseBetweenScalar(Span<float> best, ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, float across, float down)
    {
        for (int i = 0; i < best.Length; i++)
        {
            float top = upper[i] + (across * (upper[i + 1] - upper[i])), bottom = lower[i] + (across * (lower[i + 1] - lower[i]));
            best[i] = Math.Max(best[i], top + (down * (bottom - top)));
        }
    }

    internal static void BeginScalar(Span<float> sums, ReadOnlySpan<float> a, float weight)
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] = weight * a[i];
    }

    internal static void AddPairScalar(Span<float> sums, ReadOnlySpan<float> a, ReadOnlySpan<float> b, float weight)
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] += weight * (a[i] + b[i]);
    }
}
