namespace VideoMatte.Matting.Solver;

/// <summary>Planes at half their size, rounded up; at an odd end the last column or row stands alone.</summary>
internal static class HalfSize
{
    public static void Mean(ReadOnlySpan<float> plane, int width, int height, Span<float> half)
    {
        int halfWidth = (width + 1) / 2;
        for (int y = 0; y < height; y += 2)
        {
            int below = Math.Min(y + 1, height - 1);
            for (int x = 0; x < width; x += 2)
            {
                int right = Math.Min(x + 1, width - 1);
                half[(y / 2 * halfWidth) + (x / 2)] =
                    (plane[(y * width) + x] + plane[(y * width) + right] + plane[(below * width) + x] + plane[(below * width) + right]) / 4;
            }
        }
    }

    /// <summary>Four pixels that agree stay what they are; any others are open.</summary>
    public static void Trimap(ReadOnlySpan<byte> plane, int width, int height, Span<byte> half)
    {
        int halfWidth = (width + 1) / 2;
        for (int y = 0; y < height; y += 2)
        {
            int below = Math.Min(y + 1, height - 1);
            for (int x = 0; x < width; x += 2)
            {
                int right = Math.Min(x + 1, width - 1);
                byte own = plane[(y * width) + x];
                bool agrees = own == plane[(y * width) + right] && own == plane[(below * width) + x] && own == plane[(below * width) + right];
                half[(y / 2 * halfWidth) + (x / 2)] = agrees ? own : Solver.Trimap.Open;
            }
        }
    }
}
