namespace VideoMatte.Temporal.Flow;

internal static partial class WarpKernel
{
    internal static void WarpScalar(
        ReadOnlySpan<ushort> source, int width, int height, int y, ReadOnlySpan<float> u, ReadOnlySpan<float> v, Span<ushort> result, int from)
    {
        for (int i = from; i < result.Length; i++)
        {
            (int at, int right, int below, float shareX, float shareY) = Around(width, height, i + u[i], y + v[i]);
            result[i] = (ushort)(Between(source[at], source[at + right], source[at + below], source[at + below + right], shareX, shareY) + .5f);
        }
    }

    internal static void WarpScalar(
        ReadOnlySpan<byte> source, int width, int height, int y, ReadOnlySpan<float> u, ReadOnlySpan<float> v, Span<byte> result, int from)
    {
        for (int i = from; i < result.Length; i++)
        {
            (int at, int right, int below, float shareX, float shareY) = Around(width, height, i + u[i], y + v[i]);
            result[i] = (byte)(Between(source[at], source[at + right], source[at + below], source[at + below + right], shareX, shareY) + .5f);
        }
    }

    /// <summary>The four samples around a place, held on the plane: the first, how far the others lie from it, and their shares.</summary>
    private static (int At, int Right, int Below, float ShareX, float ShareY) Around(int width, int height, float x, float y)
    {
        x = Math.Clamp(x, 0, width - 1);
        y = Math.Clamp(y, 0, height - 1);
        int left = Math.Min((int)x, Math.Max(0, width - 2)), top = Math.Min((int)y, Math.Max(0, height - 2));
        return ((top * width) + left, Math.Min(1, width - 1), Math.Min(1, height - 1) * width, x - left, y - top);
    }

    private static float Between(float first, float right, float below, float last, float shareX, float shareY)
    {
        float above = first + (shareX * (right - first)), under = below + (shareX * (last - below));
        return above + (shareY * (under - above));
    }
}
