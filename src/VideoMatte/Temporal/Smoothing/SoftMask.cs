namespace VideoMatte.Temporal.Smoothing;

/// <summary>Grows and softens small planes, at one size. Keeps its working memory. Used by one caller at a time.</summary>
internal sealed class SoftMask
{
    private readonly int _width;
    private readonly int _height;
    private readonly float[] _lines;
    private readonly float[] _padded;

    public SoftMask(int width, int height)
    {
        (_width, _height) = (width, height);
        _lines = new float[width * height];
        _padded = new float[width + (2 * MostReach)];
    }

    /// <summary>Most a plane can be grown or softened by, pixels.</summary>
    public const int MostReach = 8;

    /// <summary>Each sample becomes the greatest of the square around it; beyond the border nothing counts.</summary>
    /// <param name="plane">0 or more; changed in place.</param>
    /// <param name="reach">Half the square's side, 0 to <see cref="MostReach"/>.</param>
    public void Grow(Span<float> plane, int reach)
    {
        Span<float> padded = _padded.AsSpan(0, _width + (2 * reach));
        padded.Clear();
        for (int y = 0; y < _height; y++)
        {
            plane.Slice(y * _width, _width).CopyTo(padded[reach..]);
            SoftKernel.GrowAcross(padded, _lines.AsSpan(y * _width, _width));
        }

        for (int y = 0; y < _height; y++)
            SoftKernel.GrowDown(_lines, Math.Max(0, y - reach), Math.Min(_height - 1, y + reach), plane.Slice(y * _width, _width));
    }

    /// <summary>Softens by a kernel, across and down; the border's samples are repeated.</summary>
    /// <param name="plane">Changed in place.</param>
    /// <param name="half">The kernel from its middle outwards, at most 1 + <see cref="MostReach"/> weights; with both sides they sum to 1.</param>
    public void Soften(Span<float> plane, ReadOnlySpan<float> half)
    {
        int reach = half.Length - 1;
        Span<float> padded = _padded.AsSpan(0, _width + (2 * reach));
        for (int y = 0; y < _height; y++)
        {
            Span<float> row = plane.Slice(y * _width, _width);
            row.CopyTo(padded[reach..]);
            padded[..reach].Fill(row[0]);
            padded[(reach + _width)..].Fill(row[^1]);
            SoftKernel.SoftenAcross(padded, half, _lines.AsSpan(y * _width, _width));
        }

        for (int y = 0; y < _height; y++)
            SoftKernel.SoftenDown(_lines, y, half, plane.Slice(y * _width, _width));
    }

    /// <summary>The half of a Gaussian kernel, cut at three sigma.</summary>
    public static float[] Gaussian(double sigma)
    {
        int reach = Math.Min(MostReach, (int)Math.Ceiling(3 * sigma));
        double[] half = [.. Enumerable.Range(0, reach + 1).Select(k => Math.Exp(-k * k / (2 * sigma * sigma)))];
        double sum = half[0] + (2 * half.Skip(1).Sum());
        return [.. half.Select(w => (float)(w / sum))];
    }
}
