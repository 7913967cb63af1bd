using System.Numerics;

namespace VideoMatte.Temporal.Flow;

internal static partial class RowKernel
{
    internal static void MixVector(ReadOnlySpan<float> near, ReadOnlySpan<float> far, float nearWeight, float farWeight, Span<float> result)
    {
        int i = 0;
        for (; i <= result.Length - Vector<float>.Count; i += Vector<float>.Count)
            ((new Vector<float>(near[i..]) * nearWeight) + (new Vector<float>(far[i..]) * farWeight)).CopyTo(result[i..]);
        MixScalar(near, far, nearWeight, farWeight, result, i);
    }

    internal static void DivideVector(ReadOnlySpan<float> divisors, Span<float> a, Span<float> b)
    {
        int i = 0;
        for (; i <= divisors.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> scale = Vector<float>.One / new Vector<float>(divisors[i..]);
            (new Vector<float>(a[i..]) * scale).CopyTo(a[i..]);
            (new Vector<float>(b[i..]) * scale).CopyTo(b[i..]);
        }

        DivideScalar(divisors, a, b, i);
    }

    internal static void MeanAndChangeVector(ReadOnlySpan<float> first, Span<float> second, Span<float> mean)
    {
        int i = 0;
        Vector<float> half = new(.5f);
        for (; i <= first.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> a = new(first[i..]), b = new(second[i..]);
            ((a + b) * half).CopyTo(mean[i..]);
            (b - a).CopyTo(second[i..]);
        }

        MeanAndChangeScalar(first, second, mean, i);
    }
}
