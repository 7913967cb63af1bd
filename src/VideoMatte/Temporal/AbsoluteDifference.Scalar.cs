namespace VideoMatte.Temporal;

internal static partial class AbsoluteDifference
{
    internal static long SumScalar(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        long sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += Math.Abs(a[i] - b[i]);
        return sum;
    }
}
