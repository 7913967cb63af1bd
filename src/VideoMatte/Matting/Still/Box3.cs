namespace VideoMatte.Matting.Still;

/// <summary>Means over 3 x 3 pixels; at the border over those that exist.</summary>
internal static class Box3
{
    /// <param name="plane">Width x height values; replaced by their means.</param>
    /// <param name="line">As many, to work in.</param>
    public static void Mean(Span<float> plane, Span<float> line, int width, int height)
    {
        for (int y = 0; y < height; y++)
            Across(plane.Slice(y * width, width), line.Slice(y * width, width));
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> own = line.Slice(y * width, width);
            ReadOnlySpan<float> above = y > 0 ? line.Slice((y - 1) * width, width) : default;
            ReadOnlySpan<float> below = y + 1 < height ? line.Slice((y + 1) * width, width) : default;
            float share = 1f / (1 + (above.IsEmpty ? 0 : 1) + (below.IsEmpty ? 0 : 1));
            Span<float> result = plane.Slice(y * width, width);
            for (int x = 0; x < width; x++)
                result[x] = (own[x] + (above.IsEmpty ? 0 : above[x]) + (below.IsEmpty ? 0 : below[x])) * share;
        }
    }

    private static void Across(ReadOnlySpan<float> row, Span<float> means)
    {
        int last = row.Length - 1;
        if (last == 0)
        {
            means[0] = row[0];
            return;
        }

        means[0] = (row[0] + row[1]) / 2;
        means[last] = (row[last] + row[last - 1]) / 2;
        for (int x = 1; x < last; x++)
            means[x] = (row[x - 1] + row[x] + row[x + 1]) * (1f / 3);
    }
}
