using System.Numerics;
using System.Runtime.InteropServices;
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
    private readonly float[] _codes = new float[width];

    public void Of(ReadOnlySpan<float> plane, Span<float> means)
    {
        for (int top = 0, i = 0; top < height; top += step)
        {
            int rows = Math.Min(step, height - top);
            plane.Slice(top * width, width).CopyTo(_rows);
            for (int y = top + 1; y < top + rows; y++)
                Add(plane.Slice(y * width, width));
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
            {
                Widen(codes.Slice(y * width, width));
                Add(_codes);
            }

            i += Across(means[i..], 1f / (rows * AlphaMatte.Opaque));
        }
    }

    private void Widen(ReadOnlySpan<ushort> codes)
    {
        int x = 0;
        for (; x <= codes.Length - Vector<ushort>.Count; x += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(codes[x..]), out Vector<uint> low, out Vector<uint> high);
            Vector.ConvertToSingle(low).CopyTo(_codes, x);
            Vector.ConvertToSingle(high).CopyTo(_codes, x + Vector<uint>.Count);
        }

        for (; x < codes.Length; x++)
            _codes[x] = codes[x];
    }

    private void Add(ReadOnlySpan<float> row)
    {
        Span<Vector<float>> sums = MemoryMarshal.Cast<float, Vector<float>>(_rows.AsSpan());
        ReadOnlySpan<Vector<float>> added = MemoryMarshal.Cast<float, Vector<float>>(row);
        for (int i = 0; i < sums.Length; i++)
            sums[i] += added[i];
        for (int x = sums.Length * Vector<float>.Count; x < row.Length; x++)
            _rows[x] += row[x];
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
