using System.Numerics;

namespace VideoMatte.Temporal.Flow;

internal static partial class ConstraintKernel
{
    internal static void LineVector(in FiveLines mean, in FiveLines change, ReadOnlySpan<float> u, ReadOnlySpan<float> v, Span<float> result)
    {
        int i = 0, count = u.Length;
        Vector<float> half = new(.5f), quarter = new(.25f);
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            int x = i + Border;
            Vector<float> centre = new(mean.C[x..]), middle = centre + centre;
            Vector<float> gx = (new Vector<float>(mean.C[(x + 1)..]) - new Vector<float>(mean.C[(x - 1)..])) * half;
            Vector<float> gy = (new Vector<float>(mean.D[x..]) - new Vector<float>(mean.B[x..])) * half;
            Vector<float> xx = (new Vector<float>(mean.C[(x + 2)..]) + new Vector<float>(mean.C[(x - 2)..]) - middle) * quarter;
            Vector<float> yy = (new Vector<float>(mean.E[x..]) + new Vector<float>(mean.A[x..]) - middle) * quarter;
            Vector<float> below = new Vector<float>(mean.D[(x + 1)..]) - new Vector<float>(mean.D[(x - 1)..]);
            Vector<float> xy = (below - (new Vector<float>(mean.B[(x + 1)..]) - new Vector<float>(mean.B[(x - 1)..]))) * quarter;
            Vector<float> xt = (new Vector<float>(change.C[(x + 1)..]) - new Vector<float>(change.C[(x - 1)..])) * half;
            Vector<float> yt = (new Vector<float>(change.D[x..]) - new Vector<float>(change.B[x..])) * half;
            Vector<float> right = new(u[i..]), down = new(v[i..]);
            Write(gx, gy, new Vector<float>(change.C[x..]), right, down, result, i, count);
            Write(xx, xy, xt, right, down, result[(3 * count)..], i, count);
            Write(xy, yy, yt, right, down, result[(6 * count)..], i, count);
        }

        LineScalar(mean, change, u, v, result, i);
    }

    private static void Write(
        Vector<float> a, Vector<float> b, Vector<float> change, Vector<float> u, Vector<float> v, Span<float> result, int i, int count)
    {
        Vector<float> scale = Vector<float>.One / Vector.SquareRoot((a * a) + (b * b) + new Vector<float>(Floor));
        (a * scale).CopyTo(result[i..]);
        (b * scale).CopyTo(result[(count + i)..]);
        (((a * u) + (b * v) - change) * scale).CopyTo(result[((2 * count) + i)..]);
    }
}
