using System.Numerics;

namespace VideoMatte.Frames;

/// <summary>Makes a plane smaller by area averaging: each result sample is the mean of what it covers, parts of samples counted as parts.
/// Every source sample is read once. Making it larger gives blocks, not interpolation. Used by one caller at a time.</summary>
public sealed partial class AreaScaler
{
    private readonly int _sourceWidth;
    private readonly int _sourceHeight;
    private readonly int _width;
    private readonly int _height;
    private readonly float[] _sums;
    private readonly Cover[] _covers;

    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public AreaScaler(int sourceWidth, int sourceHeight, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sourceWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sourceHeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (_sourceWidth, _sourceHeight, _width, _height) = (sourceWidth, sourceHeight, width, height);
        _sums = new float[sourceWidth];
        _covers = [.. Enumerable.Range(0, width).Select(CoverOf)];
    }

    /// <summary>Means of an 8-bit plane's samples, in its codes.</summary>
    /// <param name="source">Of the source size.</param>
    /// <param name="result">Width x height values, row after row.</param>
    public void Scale(PlaneView<byte> source, Span<float> result)
    {
        Check(source.Width, source.Height, result.Length);
        for (int y = 0; y < _height; y++)
        {
            Array.Clear(_sums);
            (double top, double bottom) = Span(y, _height, _sourceHeight);
            for (int row = (int)top; row < bottom; row++)
                AddRow(source.Row(row), Part(row, top, bottom), _sums);
            Across(1 / (bottom - top), result.Slice(y * _width, _width));
        }
    }

    /// <summary>Means of a deeper plane's samples, in its codes.</summary>
    /// <param name="source">Of the source size.</param>
    /// <param name="result">Width x height values, row after row.</param>
    public void Scale(PlaneView<ushort> source, Span<float> result) => Scale(source, result, 0, _height);

    /// <summary>The same of some result rows; the others stay.</summary>
    /// <param name="source">Of the source size.</param>
    /// <param name="result">Width x height values, row after row.</param>
    /// <param name="firstRow">First row to do.</param>
    /// <param name="endRow">The row after the last, at most the height.</param>
    public void Scale(PlaneView<ushort> source, Span<float> result, int firstRow, int endRow)
    {
        Check(source.Width, source.Height, result.Length);
        for (int y = firstRow; y < endRow; y++)
        {
            Array.Clear(_sums);
            (double top, double bottom) = Span(y, _height, _sourceHeight);
            for (int row = (int)top; row < bottom; row++)
                AddRow(source.Row(row), Part(row, top, bottom), _sums);
            Across(1 / (bottom - top), result.Slice(y * _width, _width));
        }
    }

    /// <inheritdoc cref="AddRow(ReadOnlySpan{byte}, float, Span{float})"/>
    internal static void AddRow(ReadOnlySpan<float> row, float weight, Span<float> sums)
    {
        if (Vector.IsHardwareAccelerated)
            AddRowVector(row, weight, sums);
        else
            AddRowScalar(row, weight, sums);
    }

    /// <summary>sums[i] += weight x row[i], for rows of one length.</summary>
    internal static void AddRow(ReadOnlySpan<byte> row, float weight, Span<float> sums)
    {
        if (Vector.IsHardwareAccelerated)
            AddRowVector(row, weight, sums);
        else
            AddRowScalar(row, weight, sums);
    }

    /// <inheritdoc cref="AddRow(ReadOnlySpan{byte}, float, Span{float})"/>
    internal static void AddRow(ReadOnlySpan<ushort> row, float weight, Span<float> sums)
    {
        if (Vector.IsHardwareAccelerated)
            AddRowVector(row, weight, sums);
        else
            AddRowScalar(row, weight, sums);
    }

    private void Across(double scale, Span<float> result)
    {
        for (int x = 0; x < result.Length; x++)
        {
            Cover cover = _covers[x];
            float sum = _sums[cover.First] * cover.FirstPart;
            for (int i = cover.First + 1; i < cover.Last; i++)
                sum += _sums[i];
            if (cover.Last > cover.First)
                sum += _sums[cover.Last] * cover.LastPart;
            result[x] = (float)(sum * scale / cover.Length);
        }
    }

    /// <summary>The columns of a result sample: worked out once, they cost more than the sums.</summary>
    private Cover CoverOf(int x)
    {
        (double left, double right) = Span(x, _width, _sourceWidth);
        int first = (int)left, last = Math.Min((int)right, _sourceWidth - 1);
        return new Cover(first, last, Part(first, left, right), Part(last, left, right), right - left);
    }

    /// <summary>What one result sample covers, in source samples.</summary>
    private static (double From, double To) Span(int index, int count, int sourceCount) =>
        ((double)index * sourceCount / count, (double)(index + 1) * sourceCount / count);

    private static float Part(int sample, double from, double to) => (float)(Math.Min(sample + 1, to) - Math.Max(sample, from));

    private void Check(int width, int height, int result)
    {
        if (width != _sourceWidth || height != _sourceHeight || result != _width * _height)
            throw new ArgumentException("area scaler: a plane or result of another size than it was made for");
    }

    private readonly record struct Cover(int First, int Last, float FirstPart, float LastPart, double Length);
}
