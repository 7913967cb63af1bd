namespace VideoMatte.Temporal.Flow;

internal static partial class HalfKernel
{
    internal static void DownScalar(
        ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, ReadOnlySpan<byte> d, Span<float> sums, int from)
    {
        for (int i = from; i < sums.Length; i++)
            sums[i] = a[i] + d[i] + (3 * (b[i] + c[i]));
    }

    internal static void DownScalar(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, ReadOnlySpan<float> d, Span<float> sums, int from)
    {
        for (int i = from; i < sums.Length; i++)
            sums[i] = a[i] + d[i] + (3 * (b[i] + c[i]));
    }

    internal static void AcrossScalar(ReadOnlySpan<float> sums, Span<float> half, int from)
    {
        for (int i = from; i < half.Length; i++)
            half[i] = (sums[2 * i] + sums[(2 * i) + 3] + (3 * (sums[(2 * i) + 1] + sums[(2 * i) + 2]))) * (1 / 64f);
    }
}
