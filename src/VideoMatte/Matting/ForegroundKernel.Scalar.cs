using VideoMatte.Frames;

namespace VideoMatte.Matting;

internal static partial class ForegroundKernel
{
    internal static void CodesScalar<T>(
        ReadOnlySpan<float> r, ReadOnlySpan<float> g, ReadOnlySpan<float> b, in Quantiser q,
        ReadOnlySpan<ushort> alpha, ReadOnlySpan<T> source, Span<T> output, int from = 0)
        where T : unmanaged
    {
        for (int x = from; x < output.Length; x++)
        {
            float value = (r[x] * q.Weights.R) + (g[x] * q.Weights.G) + (b[x] * q.Weights.B) + q.Offset;
            output[x] = alpha[x] == AlphaMatte.Opaque ? source[x] : SampleVectors.Narrow<T>(SampleVectors.ToCode(value, q.Low, q.High));
        }
    }

    internal static void WeighScalar(
        ReadOnlySpan<float> r, ReadOnlySpan<float> g, ReadOnlySpan<float> b, RgbWeights weights, bool add, Span<float> output, int from = 0)
    {
        for (int x = from; x < output.Length; x++)
            output[x] = (add ? output[x] : 0) + ((r[x] * weights.R) + (g[x] * weights.G) + (b[x] * weights.B));
    }

    internal static void MarkUnsureScalar(ReadOnlySpan<ushort> alpha, float weight, bool add, Span<float> output, int from = 0)
    {
        for (int x = from; x < output.Length; x++)
            output[x] = (add ? output[x] : 0) + (alpha[x] == AlphaMatte.Opaque ? 0 : weight);
    }

    internal static void GatherLeftScalar(ReadOnlySpan<float> full, Span<float> half, int from = 0, int to = int.MaxValue)
    {
        for (int i = from; i < Math.Min(half.Length, to); i++)
        {
            float sides = full[Math.Max((2 * i) - 1, 0)] + full[Math.Min((2 * i) + 1, full.Length - 1)];
            half[i] = (full[2 * i] * .5f) + (sides * .25f);
        }
    }

    internal static void GatherCentreScalar(ReadOnlySpan<float> full, Span<float> half, int from = 0)
    {
        for (int i = from; i < half.Length; i++)
            half[i] = (full[2 * i] + full[Math.Min((2 * i) + 1, full.Length - 1)]) * .5f;
    }

    internal static void ChromaCodesScalar<T>(
        ReadOnlySpan<float> values, ReadOnlySpan<float> unsure, in Quantiser q, ReadOnlySpan<T> source, Span<T> output, int from = 0)
        where T : unmanaged
    {
        for (int x = from; x < output.Length; x++)
            output[x] = unsure[x] == 0 ? source[x] : SampleVectors.Narrow<T>(SampleVectors.ToCode(values[x] + q.Offset, q.Low, q.High));
    }
}
