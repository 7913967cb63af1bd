namespace VideoMatte.Matting.Refine;

/// <summary>Sums over square windows, cut off at the borders, in time that does not depend on the window's size.</summary>
/// <param name="width">Of the planes, pixels.</param>
/// <param name="height">Rows.</param>
/// <param name="radius">Of the window: it is 2 x radius + 1 pixels wide.</param>
internal sealed class WindowSums(int width, int height, int radius)
{
    private readonly float[] _across = new float[width * height];

    // Running sums add and take away again: in single precision what is left over would grow from row to row.
    private readonly double[] _column = new double[width];

    /// <param name="plane">Width x height values; replaced by their windows' sums.</param>
    public void Replace(Span<float> plane)
    {
        for (int y = 0; y < height; y++)
            Across(plane.Slice(y * width, width), _across.AsSpan(y * width, width));
        _column.AsSpan().Clear();
        for (int y = 0; y < Math.Min(radius, height); y++)
            Add(y);
        for (int y = 0; y < height; y++)
        {
            if (y + radius < height)
                Add(y + radius);
            if (y - radius - 1 >= 0)
                TakeAway(y - radius - 1);
            Span<float> row = plane.Slice(y * width, width);
            for (int x = 0; x < row.Length; x++)
                row[x] = (float)_column[x];
        }
    }

    /// <summary>Pixels in the window around one.</summary>
    public int Count(int x, int y) => Reach(x, width) * Reach(y, height);

    private int Reach(int at, int length) => Math.Min(at + radius, length - 1) - Math.Max(at - radius, 0) + 1;

    private void Across(ReadOnlySpan<float> row, Span<float> sums)
    {
        double sum = 0;
        for (int x = 0; x < Math.Min(radius, row.Length); x++)
            sum += row[x];
        for (int x = 0; x < row.Length; x++)
        {
            if (x + radius < row.Length)
                sum += row[x + radius];
            if (x - radius - 1 >= 0)
                sum -= row[x - radius - 1];
            sums[x] = (float)sum;
        }
    }

    private void Add(int y)
    {
        ReadOnlySpan<float> row = _across.AsSpan(y * width, width);
        Span<double> column = _column;
        for (int x = 0; x < row.Length; x++)
            column[x] += row[x];
    }

    private void TakeAway(int y)
    {
        ReadOnlySpan<float> row = _across.AsSpan(y * width, width);
        Span<double> column = _column;
        for (int x = 0; x < row.Length; x++)
            column[x] -= row[x];
    }
}
