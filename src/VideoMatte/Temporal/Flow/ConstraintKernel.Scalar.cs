namespace VideoMatte.Temporal.Flow;

internal static partial class ConstraintKernel
{
    internal static void LineScalar(
        in FiveLines mean, in FiveLines change, ReadOnlySpan<float> u, ReadOnlySpan<float> v, Span<float> result, int from)
    {
        int count = u.Length;
        for (int i = from; i < count; i++)
        {
            int x = i + Border;
            float middle = mean.C[x] + mean.C[x];
            float gx = (mean.C[x + 1] - mean.C[x - 1]) * .5f, gy = (mean.D[x] - mean.B[x]) * .5f;
            float xx = (mean.C[x + 2] + mean.C[x - 2] - middle) * .25f, yy = (mean.E[x] + mean.A[x] - middle) * .25f;
            float xy = (mean.D[x + 1] - mean.D[x - 1] - (mean.B[x + 1] - mean.B[x - 1])) * .25f;
            float ct = change.C[x], xt = (change.C[x + 1] - change.C[x - 1]) * .5f, yt = (change.D[x] - change.B[x]) * .5f;
            Write(gx, gy, ct, u[i], v[i], result, i, count);
            Write(xx, xy, xt, u[i], v[i], result[(3 * count)..], i, count);
            Write(xy, yy, yt, u[i], v[i], result[(6 * count)..], i, count);
        }
    }

    private static void Write(float a, float b, float change, float u, float v, Span<float> result, int i, int count)
    {
        float scale = 1 / MathF.Sqrt((a * a) + (b * b) + Floor);
        result[i] = a * scale;
        result[count + i] = b * scale;
        result[(2 * count) + i] = ((a * u) + (b * v) - change) * scale;
    }
}
