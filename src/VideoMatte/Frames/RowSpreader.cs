using System.Runtime.Intrinsics.X86;

namespace VideoMatte.Frames;

/// <summary>Rows of two small planes (slope and level, or a flow's two components) brought to full width by linear interpolation; the two
/// rows in use are kept. Used by one caller at a time.</summary>
internal sealed partial class RowSpreader
{
    private readonly int _smallWidth;
    private readonly int[] _first;
    private readonly float[] _share;
    private readonly float[][] _planes1;
    private readonly float[][] _planes2;
    private readonly int[] _rows = [-1, -1];
    private int _near;
    private int _far;

    /// <summary>The small planes cover the same picture as the full rows.</summary>
    public RowSpreader(int smallWidth, int width)
        : this(smallWidth, width, (double)smallWidth / width)
    {
    }

    /// <param name="smallWidth">Columns of the small planes.</param>
    /// <param name="width">Columns of the full rows.</param>
    /// <param name="step">Small columns to one full column, where the small planes leave out what is over at the border.</param>
    public RowSpreader(int smallWidth, int width, double step)
    {
        _smallWidth = smallWidth;
        _first = new int[width];
        _share = new float[width];
        _planes1 = [new float[width], new float[width]];
        _planes2 = [new float[width], new float[width]];
        for (int x = 0; x < width; x++)
        {
            double at = Math.Clamp(((x + 0.5) * step) - 0.5, 0, smallWidth - 1);
            _first[x] = Math.Min((int)at, Math.Max(0, smallWidth - 2));
            _share[x] = (float)(at - _first[x]);
        }
    }

    /// <summary>The near row of the first plane.</summary>
    public ReadOnlySpan<float> Near1 => _planes1[_near];

    /// <summary>The far row of the first plane.</summary>
    public ReadOnlySpan<float> Far1 => _planes1[_far];

    /// <summary>The near row of the second plane.</summary>
    public ReadOnlySpan<float> Near2 => _planes2[_near];

    /// <summary>The far row of the second plane.</summary>
    public ReadOnlySpan<float> Far2 => _planes2[_far];

    /// <summary>The small column that a full one hears first; the other is the next.</summary>
    public int Left(int x) => _first[x];

    /// <summary>Spreads part of a row that is not kept.</summary>
    /// <param name="small">A row of the small width; only what the part hears is looked at.</param>
    /// <param name="from">First full column to do.</param>
    /// <param name="to">The column after the last.</param>
    /// <param name="full">The full row; the rest of it stays.</param>
    public void Spread(ReadOnlySpan<float> small, int from, int to, Span<float> full)
    {
        if (Avx2.IsSupported && small.Length > 1)
            SpreadVector(small, _first.AsSpan(from..to), _share.AsSpan(from..to), full[from..to]);
        else
            SpreadScalar(small, _first.AsSpan(from..to), _share.AsSpan(from..to), full[from..to], 0);
    }

    /// <summary>The small planes have changed.</summary>
    public void Forget() => (_rows[0], _rows[1]) = (-1, -1);

    /// <summary>Makes two rows of the small planes the near and the far one.</summary>
    public void Select(ReadOnlySpan<float> plane1, ReadOnlySpan<float> plane2, int near, int far)
    {
        _near = Hold(plane1, plane2, near, spare: far);
        _far = Hold(plane1, plane2, far, spare: near);
    }

    private int Hold(ReadOnlySpan<float> plane1, ReadOnlySpan<float> plane2, int row, int spare)
    {
        int slot = Array.IndexOf(_rows, row);
        if (slot >= 0)
            return slot;
        slot = _rows[0] == spare ? 1 : 0;
        Spread(plane1.Slice(row * _smallWidth, _smallWidth), 0, _first.Length, _planes1[slot]);
        Spread(plane2.Slice(row * _smallWidth, _smallWidth), 0, _first.Length, _planes2[slot]);
        _rows[slot] = row;
        return slot;
    }
}
