namespace VideoMatte.Temporal.Smoothing;

internal static partial class WindowKernel
{
    internal static void AddScalar(
        ReadOnlySpan<ushort> now, ReadOnlySpan<ushort> source, int height, int y, ReadOnlySpan<float> u, ReadOnlySpan<float> v,
        ReadOnlySpan<float> weight, ReadOnlySpan<float> strictness, int from, int to, Span<float> sum, Span<float> total)
    {
        int width = now.Length, right = Math.Min(1, width - 1), below = Math.Min(1, height - 1) * width;
        for (int i = from; i < to; i++)
        {
            float x = Math.Clamp(i + u[i], 0, width - 1), down = Math.Clamp(y + v[i], 0, height - 1);
            int left = Math.Min((int)x, Math.Max(0, width - 2)), top = Math.Min((int)down, Math.Max(0, height - 2)), at = (top * width) + left;
            float shareX = x - left, shareY = down - top;
            float upper = source[at] + (shareX * (source[at + right] - source[at]));
            float lower = source[at + below] + (shareX * (source[at + below + right] - source[at + below]));
            float there = upper + (shareY * (lower - upper)), difference = (there - now[i]) * strictness[i];
            float counts = weight[i] * MathF.Exp(-difference * difference);
            sum[i] += counts * there;
            total[i] += counts;
        }
    }
}
