using VideoMatte.Frames;

namespace VideoMatte.Matting.Limits;

/// <summary>What is seen of one shot's mattes, for warnings that name their evidence. Looks at every other pixel both ways.</summary>
internal sealed class MatteWitness
{
    private const int Step = 2;

    /// <summary>Alpha under the first is outside, over the second inside; between them the edge of a soft matte.</summary>
    private const int Outside = AlphaMatte.Opaque / 20, Inside = AlphaMatte.Opaque - Outside;

    /// <summary>Alpha of a veil.</summary>
    private const int VeilLow = AlphaMatte.Opaque * 15 / 100, VeilHigh = AlphaMatte.Opaque * 85 / 100;

    /// <summary>A pixel is within a veil where its neighbours at this distance are of the veil, too: an edge's ramp is narrower.</summary>
    private const int VeilReach = 8;

    private const double EmptyArea = .002;
    private const double LeastVeil = .02;

    private double _largestArea;
    private double _edge;
    private double _outline;
    private double _height;
    private long _veiled;
    private long _seen;

    /// <summary>Index of the shot's first frame.</summary>
    public long First { get; private set; } = -1;

    public long Frames { get; private set; }

    /// <summary>No frame had a matte of more than 0.2 % of the picture.</summary>
    public bool IsEmpty => _largestArea < EmptyArea;

    /// <summary>Soft pixels for each pixel of outline, in the mean; a hard mask has none, an optical edge one or more.</summary>
    public double Softness => _outline > 0 ? _edge / _outline : double.PositiveInfinity;

    /// <summary>Mean height of what is inside, as a share of the picture's; 0 where nothing is.</summary>
    public double Height => _seen > 0 ? _height / _seen : 0;

    /// <summary>Share of the frames in which a veil covers 2 % of the picture.</summary>
    public double Veiled => Frames > 0 ? (double)_veiled / Frames : 0;

    public void Look(long index, AlphaMatte matte)
    {
        if (First < 0)
            First = index;
        Frames++;
        int width = matte.Width, height = matte.Height, top = -1, bottom = -1;
        long sum = 0, edge = 0, outline = 0, veil = 0, looked = 0;
        for (int y = 0; y < height; y += Step)
        {
            ReadOnlySpan<ushort> row = matte.Row(y), below = matte.Row(Math.Min(y + Step, height - 1));
            ReadOnlySpan<ushort> up = matte.Row(Math.Max(y - VeilReach, 0)), down = matte.Row(Math.Min(y + VeilReach, height - 1));
            for (int x = 0; x < width; x += Step)
            {
                int a = row[x];
                looked++;
                sum += a;
                bool inside = a > AlphaMatte.Opaque / 2;
                if (inside)
                    (top, bottom) = (top < 0 ? y : top, y);
                edge += a is > Outside and < Inside ? 1 : 0;
                outline += inside != row[Math.Min(x + Step, width - 1)] > AlphaMatte.Opaque / 2 || inside != below[x] > AlphaMatte.Opaque / 2 ? 1 : 0;
                if (IsVeil(a) && IsVeil(up[x]) && IsVeil(down[x]) && IsVeil(row[Math.Max(x - VeilReach, 0)]) && IsVeil(row[Math.Min(x + VeilReach, width - 1)]))
                    veil++;
            }
        }

        _largestArea = Math.Max(_largestArea, (double)sum / looked / AlphaMatte.Opaque);
        (_edge, _outline) = (_edge + edge, _outline + outline);
        _veiled += veil >= LeastVeil * looked ? 1 : 0;
        if (top < 0)
            return;
        _seen++;
        _height += (double)(bottom - top + 1) / height;
    }

    private static bool IsVeil(int alpha) => alpha is > VeilLow and < VeilHigh;
}
