using VideoMatte.Inference.Graphs;

namespace VideoMatte.Matting.Plate;

/// <summary>
/// Alpha at the small size where picture I and background B are known and the foreground F is not: I = a F + (1 - a) B. Four things are known of a:
/// it is 0 where I is B within the noise (<see cref="Mask"/>); it is at least what keeps F a colour (<see cref="LeastAlpha"/>); where B's
/// texture shows through, its contrast is 1 - a (<see cref="PlateTexture"/>); and deep inside the subject it is 1 unless texture says otherwise.
/// What lies between is solved by turns for F, which changes slowly, and a.
/// </summary>
internal sealed class PlateMatte
{
    /// <summary>Mean of squared distance over variance, over 3 x 3 pixels, at which a pixel begins to be, and surely is, subject.</summary>
    private const float MaskFrom = 3f;
    private const float MaskTo = 7f;

    /// <summary>Half of the widest edge (motion blur) expected, as the side of the window that must be all subject.</summary>
    private const int FirstDepth = 15;
    private const int Depth = 19;

    /// <summary>Noise in a difference that is not taken for subject, and what is added to room in colour so that a sliver of it proves little.</summary>
    private const float ColourNoise = 0.01f;
    private const float ColourSlack = 0.02f;

    /// <summary>Turns with the foreground of the nearest surround.</summary>
    private const int NearTurns = 3;

    /// <summary>How far texture's word keeps an estimate in each turn.</summary>
    private const float TextureHold = 0.8f;

    /// <summary>Squared colour distance under which a pixel listens to its neighbours rather than to itself.</summary>
    private const float NeighbourWeight = 0.002f;

    /// <summary>How far an estimate is drawn to what its depth in the mask says along this stretch of edge.</summary>
    private const float DepthHold = 0.5f;

    private readonly GraphValue _frame;
    private readonly GraphValue _background;
    private readonly GraphValue _difference;
    private readonly GraphValue _mask;
    private readonly GraphValue _least;
    private readonly PlateTexture _texture;
    private readonly CoarseGrid _grid;

    private PlateMatte(GraphValue frame, GraphValue background, GraphValue mask, GraphValue small)
    {
        _frame = frame;
        _background = background;
        _difference = frame - background;
        _mask = mask;
        _grid = new CoarseGrid(small);
        _least = LeastAlpha(_difference, background);
        _texture = PlateTexture.Read(frame, background, mask, _grid);
    }

    /// <summary>Alpha [1, 1, h, w].</summary>
    public static GraphValue Estimate(GraphValue frame, GraphValue background, GraphValue mask, GraphValue small) =>
        new PlateMatte(frame, background, mask, small).Solve();

    /// <summary>1 where the frame is not the background, 0 where it is, soft between.</summary>
    public static GraphValue Mask(GraphValue frame, GraphValue background, GraphValue variance)
    {
        GraphValue surprise = ((frame - background).Square().MeanOver(1) / variance).BoxMean(3);
        return surprise.Ramp(MaskFrom, MaskTo);
    }

    /// <summary>F = B + (I - B) / a lies in 0..1, so a is at least (I - B) / (1 - B) where I is brighter and (B - I) / B where it is darker.</summary>
    private static GraphValue LeastAlpha(GraphValue difference, GraphValue background)
    {
        GraphValue brighter = (difference - ColourNoise).Max(0f) / (1f + ColourSlack - background);
        GraphValue darker = (-ColourNoise - difference).Max(0f) / (background + ColourSlack);
        return brighter.Max(darker).MaxOver(1).Saturate();
    }

    private GraphValue Solve()
    {
        GraphValue opaque = 1f - _texture.Trust;
        GraphValue deep = _mask.Erode(FirstDepth) * opaque;
        GraphValue scale = ((1f - _texture.Contrast) / (NearMean(_mask * _least) / (NearMean(_mask) + 1e-3f) + 0.02f)).Clip(1f, 4f);
        GraphValue translucent = (_least * scale).Saturate();

        GraphValue pull = deep + (_mask * Fourth(_least.BoxMean(3))) * 1e-3f + 1e-9f;
        GraphValue foreground = _grid.Back(_grid.Mean(pull * _frame, 7) / _grid.Mean(pull, 7));
        GraphValue projected = Project(foreground, _mask, 3, null);
        GraphValue solid = deep.Max(projected.Max(_least));
        GraphValue alpha = _mask * (solid + _texture.Trust * (translucent - solid));

        deep = _mask.Erode(Depth) * opaque;
        GraphValue depth = _grid.Back(_grid.Mean(_mask, 5));
        foreach (int reach in (int[])[7, 3])
            alpha = Turn(alpha, deep, depth, Foreground(alpha, reach));
        for (int turn = 0; turn < NearTurns; turn++)
            alpha = Turn(alpha, deep, depth, NearForeground(alpha));
        return alpha;
    }

    /// <summary>The foreground that explains a window best for this alpha: sum a (I - (1 - a) B) / sum a^2.</summary>
    private GraphValue Foreground(GraphValue alpha, int reach)
    {
        GraphValue share = _mask * alpha;
        GraphValue top = _grid.Mean(share * (_difference + alpha * _background), reach);
        return _grid.Back(top / (_grid.Mean(share * alpha, reach) + 1e-3f)).Saturate();
    }

    private GraphValue NearForeground(GraphValue alpha)
    {
        GraphValue share = _mask * alpha;
        GraphValue top = (share * (_difference + alpha * _background)).BoxMean(9);
        return (top / ((share * alpha).BoxMean(9) + 1e-3f)).Saturate();
    }

    /// <summary>One turn: alpha from the foreground, evened out along the edge, within what is known of it.</summary>
    private GraphValue Turn(GraphValue alpha, GraphValue deep, GraphValue depth, GraphValue foreground)
    {
        GraphValue around = (_mask * alpha).BoxMean(5) / (_mask.BoxMean(5) + 1e-3f);
        GraphValue own = Project(foreground, null, 5, around);
        GraphValue even = EvenOut(own.Max(_least), depth, (foreground - _background).Square().SumOver(1));
        GraphValue next = (own + (even - own) * DepthHold).Max(_least);
        GraphValue kept = next + (alpha - next) * (_texture.Trust * TextureHold);
        return _mask * deep.Max(kept);
    }

    /// <summary>Least squares of I - B = a (F - B) over a small window.</summary>
    private GraphValue Project(GraphValue foreground, GraphValue? weight, int side, GraphValue? prior)
    {
        GraphValue lever = foreground - _background;
        GraphValue along = (_difference * lever).SumOver(1);
        GraphValue length = lever.Square().SumOver(1);
        if (weight is not null)
        {
            along = along * weight;
            length = length * weight;
        }

        return prior is null
            ? (along.BoxMean(side) / (length.BoxMean(side) + 1e-3f)).Saturate()
            : ((along.BoxMean(side) + prior * NeighbourWeight) / (length.BoxMean(side) + NeighbourWeight)).Saturate();
    }

    /// <summary>
    /// Along a stretch of edge alpha depends on the depth in the mask alone: a weighted straight line of alpha over depth in a wide window (a
    /// guided filter with the depth as guide), where pixels whose foreground stands off the background count more.
    /// </summary>
    private GraphValue EvenOut(GraphValue alpha, GraphValue depth, GraphValue contrast)
    {
        GraphValue weight = _mask * (contrast + 0.003f) + 1e-6f;
        GraphValue sum = _grid.Mean(weight, 7);
        GraphValue depthMean = _grid.Mean(weight * depth, 7) / sum;
        GraphValue alphaMean = _grid.Mean(weight * alpha, 7) / sum;
        GraphValue covariance = _grid.Mean(weight * depth * alpha, 7) / sum - depthMean * alphaMean;
        GraphValue variance = _grid.Mean(weight * depth * depth, 7) / sum - depthMean * depthMean;
        GraphValue slope = covariance / (variance.Max(0f) + 0.0005f);
        return (_grid.Back(slope) * depth + _grid.Back(alphaMean - slope * depthMean)).Saturate();
    }

    private GraphValue NearMean(GraphValue value) => _grid.Back(_grid.Mean(value, 3));

    private static GraphValue Fourth(GraphValue value) => value.Square().Square();
}
