namespace VideoMatte.Evaluation.Metrics;

internal static partial class CodeSums
{
    internal static long AbsoluteScalar(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> g)
    {
        long sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += Math.Abs(a[i] - g[i]);
        return sum;
    }

    internal static long SquareScalar(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> g)
    {
        long sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            long difference = a[i] - g[i];
            sum += difference * difference;
        }

        return sum;
    }

    internal static long ChangeSquareScalar(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> aBefore, ReadOnlySpan<ushort> g, ReadOnlySpan<ushort> gBefore)
    {
        long sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            long difference = a[i] - aBefore[i] - (g[i] - gBefore[i]);
            sum += difference * difference;
        }

        return sum;
    }
}
