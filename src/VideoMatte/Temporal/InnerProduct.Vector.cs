using System.Numerics;

namespace VideoMatte.Temporal;

internal static partial class InnerProduct
{
    /// <summary>Lanes of single precision hold the sums of this many steps, so that long rows lose no more than short ones.</summary>
    private const int StepsPerFlush = 64;

    internal static double SumVector(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        int i = 0, step = Vector<float>.Count;
        double sum = 0;
        while (i <= a.Length - step)
        {
            Vector<float> lanes = default;
            for (int n = 0; n < StepsPerFlush && i <= a.Length - step; n++, i += step)
                lanes += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
            sum += Vector.Sum(lanes);
        }

        return sum + SumScalar(a[i..], b[i..]);
    }
}
