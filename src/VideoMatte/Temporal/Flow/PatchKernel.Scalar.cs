namespace VideoMatte.Temporal.Flow;

internal static partial class PatchKernel
{
    internal static PatchFit FitScalar(
        ReadOnlySpan<float> from, ReadOnlySpan<float> gradientX, ReadOnlySpan<float> gradientY, ReadOnlySpan<float> to, int stride,
        float shareX, float shareY)
    {
        Span<float> sum = stackalloc float[8], squares = stackalloc float[8], alongX = stackalloc float[8], alongY = stackalloc float[8];
        sum.Clear();
        squares.Clear();
        alongX.Clear();
        alongY.Clear();
        for (int y = 0; y < PatchGrid.PatchSize; y++)
        {
            for (int x = 0; x < PatchGrid.PatchSize; x++)
            {
                int at = (y * stride) + x;
                float d = Between(to, at, stride, shareX, shareY) - from[at];
                sum[x] += d;
                squares[x] += d * d;
                alongX[x] += d * gradientX[at];
                alongY[x] += d * gradientY[at];
            }
        }

        return new PatchFit(Total(sum), Total(squares), Total(alongX), Total(alongY));
    }

    internal static GradientSums GradientsScalar(ReadOnlySpan<float> gradientX, ReadOnlySpan<float> gradientY, int stride)
    {
        Span<float> sumX = stackalloc float[8], sumY = stackalloc float[8];
        Span<float> xx = stackalloc float[8], xy = stackalloc float[8], yy = stackalloc float[8];
        sumX.Clear();
        sumY.Clear();
        xx.Clear();
        xy.Clear();
        yy.Clear();
        for (int y = 0; y < PatchGrid.PatchSize; y++)
        {
            for (int x = 0; x < PatchGrid.PatchSize; x++)
            {
                float gx = gradientX[(y * stride) + x], gy = gradientY[(y * stride) + x];
                sumX[x] += gx;
                sumY[x] += gy;
                xx[x] += gx * gx;
                xy[x] += gx * gy;
                yy[x] += gy * gy;
            }
        }

        return new GradientSums(Total(sumX), Total(sumY), Total(xx), Total(xy), Total(yy));
    }

    internal static void SpreadScalar(
        ReadOnlySpan<float> from, ReadOnlySpan<float> to, int stride, float shareX, float shareY, float u, float v, int rows, in SpreadSums sums)
    {
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < PatchGrid.PatchSize; x++)
            {
                float d = Between(to, (y * stride) + x, stride, shareX, shareY) - from[(y * stride) + x];
                float weight = 1 / Math.Max(1, Math.Abs(d));
                int at = (y * sums.Stride) + x;
                sums.Weight[at] += weight;
                sums.U[at] += weight * u;
                sums.V[at] += weight * v;
            }
        }
    }

    private static float Between(ReadOnlySpan<float> picture, int at, int stride, float shareX, float shareY)
    {
        float above = picture[at] + (shareX * (picture[at + 1] - picture[at]));
        float below = picture[at + stride] + (shareX * (picture[at + stride + 1] - picture[at + stride]));
        return above + (shareY * (below - above));
    }

    /// <summary>The columns, added in the order in which halves of a vector are folded.</summary>
    private static float Total(ReadOnlySpan<float> c) => (c[0] + c[4] + (c[2] + c[6])) + (c[1] + c[5] + (c[3] + c[7]));
}
