using System.Runtime.InteropServices;
using VideoMatte.Frames;
using VideoMatte.Temporal.Flow;

namespace VideoMatte.Temporal.Smoothing;

/// <summary>Parts of full rows of small planes, linearly interpolated: first down, among the few small columns that are asked for, then
/// across. Used by one caller at a time.</summary>
internal sealed class SmallRows
{
    private readonly int _smallWidth;
    private readonly int _smallHeight;
    private readonly RowSpreader _spreader;
    private readonly float[] _row;
    private (int From, int To) _part;
    private (int Near, int Far, int Count) _small;
    private float _share;

    /// <summary>For each small column, and the one after the last, the first full column whose nearest small one on the left is that or a
    /// later one.</summary>
    private readonly int[] _begins;

    public SmallRows(int smallWidth, int smallHeight, int width, int height)
    {
        (_smallWidth, _smallHeight) = (smallWidth, smallHeight);
        (ScaleX, ScaleY) = ((float)width / smallWidth, (float)height / smallHeight);
        _spreader = new RowSpreader(smallWidth, width);
        _row = new float[smallWidth];
        _begins = new int[smallWidth + 1];
        for (int small = 0, x = 0; small <= smallWidth; small++)
        {
            while (x < width && _spreader.Left(x) < small)
                x++;
            _begins[small] = x;
        }
    }

    /// <summary>Full size over small size, across.</summary>
    public float ScaleX { get; }

    /// <summary>Full size over small size, down.</summary>
    public float ScaleY { get; }

    /// <summary>Finds the parts of a row outside of which a plane is 0.</summary>
    /// <param name="plane">0 or more.</param>
    /// <param name="y">The full row.</param>
    /// <param name="gap">Full columns of nothing that a part goes on over.</param>
    /// <param name="runs">Emptied, then filled: full columns, from one to before another.</param>
    public void FindRuns(ReadOnlySpan<float> plane, int y, int gap, List<(int From, int To)> runs)
    {
        runs.Clear();
        (int near, int far, _) = At(y);
        // As bits: they are 0 alike, and comparing floats is not vectorised.
        ReadOnlySpan<uint> one = MemoryMarshal.Cast<float, uint>(plane.Slice(near * _smallWidth, _smallWidth));
        ReadOnlySpan<uint> other = MemoryMarshal.Cast<float, uint>(plane.Slice(far * _smallWidth, _smallWidth));
        for (int first = Next(one, other, 0); first < _smallWidth;)
        {
            int end = first + 1;
            while (end < _smallWidth && (one[end] | other[end]) != 0)
                end++;
            // A full column hears the small one on its left and the one behind that.
            (int from, int to) = (_begins[Math.Max(0, first - 1)], _begins[end]);
            if (runs.Count > 0 && from - runs[^1].To < gap)
                runs[^1] = (runs[^1].From, to);
            else if (from < to)
                runs.Add((from, to));
            first = Next(one, other, end);
        }

        static int Next(ReadOnlySpan<uint> one, ReadOnlySpan<uint> other, int from)
        {
            int a = one[from..].IndexOfAnyExcept(0u), b = other[from..].IndexOfAnyExcept(0u);
            return from + Math.Min(a < 0 ? one.Length - from : a, b < 0 ? one.Length - from : b);
        }
    }

    /// <summary>Goes to part of a row.</summary>
    /// <param name="y">The full row.</param>
    /// <param name="from">Its first column.</param>
    /// <param name="to">The column after the last, more than <paramref name="from"/>.</param>
    public void Select(int y, int from, int to)
    {
        (int near, int far, _share) = At(y);
        int first = _spreader.Left(from), end = Math.Min(_spreader.Left(to - 1) + 2, _smallWidth);
        (_part, _small) = ((from, to), ((near * _smallWidth) + first, (far * _smallWidth) + first, end - first));
    }

    /// <summary>The part of a plane, times a factor; the rest of the row stays.</summary>
    public void Read(ReadOnlySpan<float> plane, float factor, Span<float> row)
    {
        Span<float> small = _row.AsSpan(_spreader.Left(_part.From), _small.Count);
        RowKernel.Mix(plane.Slice(_small.Near, small.Length), plane.Slice(_small.Far, small.Length), 1 - _share, _share, factor, small);
        _spreader.Spread(_row, _part.From, _part.To, row);
    }

    private (int Near, int Far, float Share) At(int y)
    {
        float at = Math.Clamp(((y + .5f) / ScaleY) - .5f, 0, _smallHeight - 1);
        return ((int)at, Math.Min((int)at + 1, _smallHeight - 1), at - (int)at);
    }
}
