namespace VideoMatte.Temporal.Flow;

internal static partial class PlaceKernel
{
    internal static void LookUpScalar(
        ReadOnlySpan<float> plane, int stride, int width, int height, int y, ReadOnlySpan<float> u, ReadOnlySpan<float> v, Span<float> result,
        int from)
    {
        int right = Math.Min(1, width - 1), below = Math.Min(1, height - 1) * stride;
        for (int i = from; i < result.Length; i++)
        {
            float x = Math.Clamp(i + u[i], 0, width - 1), down = Math.Clamp(y + v[i], 0, height - 1);
            int left = Math.Min((int)x, Math.Max(0, width - 2)), top = Math.Min((int)down, Math.Max(0, height - 2)), at = (top * stride) + left;
            float shareX = x - left, shareY = down - top;
            float upper = plane[at] + (shareX * (plane[at + right] - plane[at]));
            float lower = plane[at + below] + (shareX * (plane[at + below + right] - plane[at + below]));
            result[i] = upper + (shareY * (lower - upper));
        }
    }
}
