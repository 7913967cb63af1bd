using VideoMatte.Frames;

namespace VideoMatte.Matting.Limits;

/// <summary>What is seen of one shot's mattes, for warnings that name their evidence. Looks at every other pixel both ways.</summary>
internal sealed class MatteWitness
{
    private const int Step = 2;

    /// <summary>Alpha under the first is outside, over the second inside; between them the edge of a soft matte.</summary>
    private const int Outside = AlphaMatte.Opaque / 20, Inside = AlphaMatte.Opaque - Outside;

    /// <summary>From here on a pixel is somebody's body.</summary>
    private const int Core = AlphaMatte.Opaque / 2;

    /// <summary>Shares of the picture: a matte of less is empty; a body of less is a speck and no subject.</summary>
    private const double EmptyArea = .002, LeastBody = .0005;

    private readonly VeilWitness _veil = new();
    private double _largestArea;
    private double _largestOwnArea;
    private double _edge;
    private double _outline;
    private double _height;
    private long _veiled;
    private long _seen;

    /// <summary>Index of the shot's first frame.</summary>
    public long First { get; private set; } = -1;

    public long Frames { get; private set; }

    /// <summary>Frames in which no other model stood in.</summary>
    public long OwnFrames { get; private set; }

    /// <summary>No frame had a matte of more than 0.2 % of the picture.</summary>
    public bool IsEmpty => _largestArea < EmptyArea;

    /// <summary>The same of the frames in which no other model stood in.</summary>
    public bool IsOwnEmpty => _largestOwnArea < EmptyArea;

    /// <summary>Soft pixels for each pixel of outline, in the mean; a hard mask has none, an optical edge one or more.</summary>
    public double Softness => _outline > 0 ? _edge / _outline : double.PositiveInfinity;

    /// <summary>Mean height of what is inside, as a share of the picture's; 0 where nothing is.</summary>
    public double Height => _seen > 0 ? _height / _seen : 0;

    /// <summary>Share of the frames in which a veil over texture covers 2 % of the picture.</summary>
    public double Veiled => Frames > 0 ? (double)_veiled / Frames : 0;

    /// <param name="frame">Borrowed.</param>
    /// <param name="isOwn">False where another model stood in.</param>
    public void Look(MattedFrame frame, bool isOwn)
    {
        AlphaMatte matte = frame.Alpha;
        if (First < 0)
            First = frame.Time.Index;
        Frames++;
        OwnFrames += isOwn ? 1 : 0;
        int width = matte.Width, height = matte.Height, top = -1, bottom = -1;
        long sum = 0, edge = 0, outline = 0, body = 0, looked = 0;
        for (int y = 0; y < height; y += Step)
        {
            ReadOnlySpan<ushort> row = matte.Row(y), below = matte.Row(Math.Min(y + Step, height - 1));
            for (int x = 0; x < width; x += Step)
            {
                int a = row[x];
                looked++;
                // A haze over the whole picture is no matte.
                sum += a > Outside ? a : 0;
                bool inside = a > Core;
                if (inside)
                    (top, bottom, body) = (top < 0 ? y : top, y, body + 1);
                edge += a is > Outside and < Inside ? 1 : 0;
                outline += inside != row[Math.Min(x + Step, width - 1)] > Core || inside != below[x] > Core ? 1 : 0;
            }
        }

        double area = (double)sum / looked / AlphaMatte.Opaque;
        _largestArea = Math.Max(_largestArea, area);
        _largestOwnArea = isOwn ? Math.Max(_largestOwnArea, area) : _largestOwnArea;
        (_edge, _outline) = (_edge + edge, _outline + outline);
        _veiled += _veil.Sees(frame) ? 1 : 0;
        if (body < LeastBody * looked || body == 0)
            return;
        _seen++;
        _height += (double)(bottom - top + 1) / height;
    }
}
