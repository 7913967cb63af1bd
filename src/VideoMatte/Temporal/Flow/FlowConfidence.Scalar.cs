namespace VideoMatte.Temporal.Flow;

public static partial class FlowConfidence
{
    internal static void ErrorScalar(
        ReadOnlySpan<float> u, ReadOnlySpan<float> v, int y, ReadOnlySpan<float> backU, ReadOnlySpan<float> backV, int width, int height,
        Span<float> error, int from)
    {
        for (int i = from; i < error.Length; i++)
        {
            float x = i + u[i], down = y + v[i];
            if (!(x >= 0 && down >= 0 && x <= width - 1 && down <= height - 1))
            {
                error[i] = float.PositiveInfinity;
                continue;
            }

            int left = Math.Min((int)x, Math.Max(0, width - 2)), top = Math.Min((int)down, Math.Max(0, height - 2));
            int right = Math.Min(1, width - 1), below = Math.Min(1, height - 1) * width, at = (top * width) + left;
            float dx = u[i] + Between(backU, at, right, below, x - left, down - top);
            float dy = v[i] + Between(backV, at, right, below, x - left, down - top);
            error[i] = MathF.Sqrt((dx * dx) + (dy * dy));
        }
    }

    internal static void OfErrorScalar(ReadOnlySpan<float> error, Span<float> confidence, int from)
    {
        for (int i = from; i < error.Length; i++)
            confidence[i] = MathF.Exp(-(error[i] / Scale) * (error[i] / Scale));
    }

    private static float Between(ReadOnlySpan<float> plane, int at, int right, int below, float shareX, float shareY)
    {
        float above = plane[at] + (shareX * (plane[at + right] - plane[at]));
        float under = plane[at + below] + (shareX * (plane[at + below + right] - plane[at + below]));
        return above + (shareY * (under - above));
    }
}
