namespace VideoMatte.Temporal.Flow;

internal static partial class RowKernel
{
    internal static void MixScalar(
        ReadOnlySpan<float> near, ReadOnlySpan<float> far, float nearWeight, float farWeight, Span<float> result, int from)
    {
        for (int i = from; i < result.Length; i++)
            result[i] = (near[i] * nearWeight) + (far[i] * farWeight);
    }

    internal static void DivideScalar(ReadOnlySpan<float> divisors, Span<float> a, Span<float> b, int from)
    {
        for (int i = from; i < divisors.Length; i++)
        {
            float scale = 1 / divisors[i];
            a[i] *= scale;
            b[i] *= scale;
        }
    }

    internal static void MeanAndChangeScalar(ReadOnlySpan<float> first, Span<float> second, Span<float> mean, int from)
    {
        for (int i = from; i < first.Length; i++)
        {
            mean[i] = (first[i] + second[i]) * .5f;
            second[i] -= first[i];
        }
    }
}
