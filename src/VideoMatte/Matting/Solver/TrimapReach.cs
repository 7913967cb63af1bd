namespace VideoMatte.Matting.Solver;

/// <summary>How deep a level of a trimap reaches.</summary>
internal static class TrimapReach
{
    /// <returns>The farthest that a pixel of the level is from one that is not, in steps to any of eight neighbours; the picture's border is
    /// none.</returns>
    public static int Of(ReadOnlySpan<byte> trimap, byte level, int width, int height)
    {
        // The two passes of a distance transform.
        var distance = new int[width * height];
        int far = width + height, most = 0;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int i = (y * width) + x, least = trimap[i] == level ? far : 0;
                if (least > 0)
                {
                    least = x > 0 ? Math.Min(least, distance[i - 1] + 1) : least;
                    for (int n = Math.Max(0, x - 1); y > 0 && n <= Math.Min(width - 1, x + 1); n++)
                        least = Math.Min(least, distance[((y - 1) * width) + n] + 1);
                }

                distance[i] = least;
            }

        for (int y = height - 1; y >= 0; y--)
            for (int x = width - 1; x >= 0; x--)
            {
                int i = (y * width) + x, least = distance[i];
                if (least > 0)
                {
                    least = x < width - 1 ? Math.Min(least, distance[i + 1] + 1) : least;
                    for (int n = Math.Max(0, x - 1); y < height - 1 && n <= Math.Min(width - 1, x + 1); n++)
                        least = Math.Min(least, distance[((y + 1) * width) + n] + 1);
                }

                distance[i] = least;
                most = Math.Max(most, least);
            }

        return most;
    }
}
