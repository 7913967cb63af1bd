namespace VideoMatte.Matting.Still;

/// <summary>Rows of two small planes (slope and level) brought to full width by linear interpolation; the two rows in use are kept.</summary>
internal sealed class RowSpreader
{
    private readonly int _smallWidth;
    private readonly int[] _first;
    private readonly float[] _share;
    private readonly float[][] _slopes;
    private readonly float[][] _levels;
    private readonly int[] _rows = [-1, -1];
    private int _near;
    private int _far;

    public RowSpreader(int smallWidth, int width)
    {
        _smallWidth = smallWidth;
        _first = new int[width];
        _share = new float[width];
        _slopes = [new float[width], new float[width]];
        _levels = [new float[width], new float[width]];
        for (int x = 0; x < width; x++)
        {
            double at = Math.Clamp(((x + 0.5) * smallWidth / width) - 0.5, 0, smallWidth - 1);
            _first[x] = Math.Min((int)at, Math.Max(0, smallWidth - 2));
            _share[x] = (float)(at - _first[x]);
        }
    }

    public ReadOnlySpan<float> NearSlope => _slopes[_near];

    public ReadOnlySpan<float> FarSlope => _slopes[_far];

    public ReadOnlySpan<float> NearLevel => _levels[_near];

    public ReadOnlySpan<float> FarLevel => _levels[_far];

    /// <summary>The small planes have changed.</summary>
    public void Forget() => (_rows[0], _rows[1]) = (-1, -1);

    /// <summary>Makes two rows of the small planes the near and the far one.</summary>
    public void Select(ReadOnlySpan<float> slope, ReadOnlySpan<float> level, int near, int far)
    {
        _near = Hold(slope, level, near, spare: far);
        _far = Hold(slope, level, far, spare: near);
    }

    private int Hold(ReadOnlySpan<float> slope, ReadOnlySpan<float> level, int row, int spare)
    {
        int slot = Array.IndexOf(_rows, row);
        if (slot >= 0)
            return slot;
        slot = _rows[0] == spare ? 1 : 0;
        Spread(slope.Slice(row * _smallWidth, _smallWidth), _slopes[slot]);
        Spread(level.Slice(row * _smallWidth, _smallWidth), _levels[slot]);
        _rows[slot] = row;
        return slot;
    }

    private void Spread(ReadOnlySpan<float> small, Span<float> full)
    {
        int next = _smallWidth > 1 ? 1 : 0;
        for (int x = 0; x < full.Length; x++)
        {
            float first = small[_first[x]];
            full[x] = first + (_share[x] * (small[_first[x] + next] - first));
        }
    }
}
