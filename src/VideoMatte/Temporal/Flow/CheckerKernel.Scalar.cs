namespace VideoMatte.Temporal.Flow;

internal static partial class CheckerKernel
{
    internal static void SplitScalar(ReadOnlySpan<float> line, Span<float> even, Span<float> odd, int from)
    {
        for (int i = from; i < even.Length; i++)
            (even[i], odd[i]) = (line[2 * i], line[(2 * i) + 1]);
    }

    internal static void JoinScalar(ReadOnlySpan<float> even, ReadOnlySpan<float> odd, Span<float> line, int from)
    {
        for (int i = from; i < even.Length; i++)
            (line[2 * i], line[(2 * i) + 1]) = (even[i], odd[i]);
    }
}
