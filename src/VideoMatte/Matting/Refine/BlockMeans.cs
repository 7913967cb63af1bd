using VideoMatte.Frames;

namespace VideoMatte.Matting.Refine;

/// <summary>Planes brought to a fraction of their size, each value the mean of a square block; those at the right and lower rim may be of fewer
/// pixels.</summary>
/// <param name="width">Of the planes, pixels.</param>
/// <param name="height">Rows.</param>
/// <param name="step">A block's side.</param>
internal sealed class BlockMeans(int width, int height, int step)
{
    private readonly float[] _rows = new float[width];

    public void Of(ReadOnlySpan<float> plane, Span<float> means)
    {
        for (int top = 0, i = 0; top < height; top += step)
        {
            int rows = Math.Min(step, height - top);
            _rows.AsSpan().Clear();
            for (int y = top; y < top + rows; y++)
                AreaScaler.AddRow(plane.Slice(y * width, width), 1, _rows);
            i += Across(means[i..], 1f / rows);
        }
    }

    /// <param name="codes">Of a matte.</param>
    /// <param name="means">0..1.</param>
    public void Of(ReadOnlySpan<ushort> codes, Span<float> means)
    {
        for (int top = 0, i = 0; top < height; top += step)
        {
            int rows = Math.Min(step, height - top);
            _rows.AsSpan().Clear();
            for (int y = top; y < top + rows; y++)
                AreaScaler.AddRow(codes.Slice(y * width, width), 1, _rows);
            i += Across(means[i..], 1f / (rows * AlphaMatte.Opaque));
        }
    }

    /// <returns>Blocks in a row.</returns>
    private int Across(Span<float> means, float share)
    {
        int blocks = 0;
        for (int left = 0; left < width; left += step)
        {
            int columns = Math.Min(step, width - left);
            float sum = 0;
            for (int x = left; x < left + columns; x++)
                sum += _rows[x];
            means[blocks++] = sum * share / columns;
        }

        return blocks;
    }
}
