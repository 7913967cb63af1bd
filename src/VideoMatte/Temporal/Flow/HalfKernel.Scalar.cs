namespace VideoMatte.Temporal.Flow;

internal static partial class HalfKernel
{
    internal static void MeanScalar(ReadOnlySpan<byte> above, ReadOnlySpan<byte> below, Span<float> half, int from)
    {
        for (int i = from; i < half.Length; i++)
            half[i] = (above[2 * i] + below[2 * i] + above[(2 * i) + 1] + below[(2 * i) + 1]) * .25f;
    }

    internal static void MeanScalar(ReadOnlySpan<float> above, ReadOnlySpan<float> below, Span<float> half, int from)
    {
        for (int i = from; i < half.Length; i++)
            half[i] = (above[2 * i] + below[2 * i] + (above[(2 * i) + 1] + below[(2 * i) + 1])) * .25f;
    }
}
