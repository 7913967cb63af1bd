namespace VideoMatte.Temporal.Flow;

/// <summary>One patch under search: where it lies, the best displacement so far and how it fits there.</summary>
internal ref struct Patch
{
    private readonly FlowLevel _from;
    private readonly FlowLevel _to;
    private readonly int _x;
    private readonly int _y;
    private PatchFit _fit;

    /// <param name="from">The picture the patch is of.</param>
    /// <param name="to">The picture it is moved over.</param>
    /// <param name="x">Its left column.</param>
    /// <param name="y">Its upper row.</param>
    /// <param name="index">Which of the grid's patches it is.</param>
    public Patch(FlowLevel from, FlowLevel to, int x, int y, int index)
    {
        (_from, _to, _x, _y, Index) = (from, to, x, y, index);
        Cost = float.PositiveInfinity;
    }

    public int Index { get; }

    public float U { get; private set; }

    public float V { get; private set; }

    /// <summary>Sum of squared differences, their mean taken out.</summary>
    public float Cost { get; private set; }

    /// <summary>Begins where the coarser flow says, or without motion.</summary>
    public void Start(FlowField? coarser)
    {
        if (coarser is null)
        {
            Move(0, 0);
            return;
        }

        // The patch's middle lies 3.5 pixels in; half of (x + 3.5 + .5), less .5, in coarser pixels.
        float x = Math.Min((.5f * _x) + 1.5f, coarser.Width - 1), y = Math.Min((.5f * _y) + 1.5f, coarser.Height - 1);
        int x0 = Math.Min((int)x, coarser.Width - 2), y0 = Math.Min((int)y, coarser.Height - 2), at = (y0 * coarser.Width) + x0;
        Move(2 * Between(coarser.U[at..], coarser.Width, x - x0, y - y0), 2 * Between(coarser.V[at..], coarser.Width, x - x0, y - y0));
    }

    /// <summary>Lays the patch there, come what may.</summary>
    public void Move(float u, float v)
    {
        (U, V) = (u, v);
        _fit = Fit(u, v);
        Cost = Rest(_fit);
    }

    /// <summary>Lays the patch there if it fits better.</summary>
    public bool Try(float u, float v)
    {
        PatchFit fit = Fit(u, v);
        float cost = Rest(fit);
        if (!(cost < Cost))
            return false;
        (U, V, Cost, _fit) = (u, v, cost, fit);
        return true;
    }

    /// <summary>The Gauss-Newton step from where it lies.</summary>
    public readonly (float U, float V) Step()
    {
        PatchTensor tensor = _from.Tensors[Index];
        float x = _fit.AlongX - (_fit.Sum * tensor.MeanX), y = _fit.AlongY - (_fit.Sum * tensor.MeanY);
        return (-(tensor.InverseXx * x) - (tensor.InverseXy * y), -(tensor.InverseXy * x) - (tensor.InverseYy * y));
    }

    private readonly PatchFit Fit(float u, float v)
    {
        int at = _from.At(_x, _y);
        PatchPlace place = PatchPlace.Of(_to, _x + u, _y + v);
        return PatchKernel.Fit(
            _from.Samples[at..], _from.GradientX[at..], _from.GradientY[at..], _to.Samples[place.At..], _from.Stride, place.ShareX, place.ShareY);
    }

    private static float Rest(PatchFit fit) => fit.Squares - (fit.Sum * fit.Sum / PatchKernel.Pixels);

    private static float Between(ReadOnlySpan<float> plane, int stride, float shareX, float shareY)
    {
        float above = plane[0] + (shareX * (plane[1] - plane[0])), below = plane[stride] + (shareX * (plane[stride + 1] - plane[stride]));
        return above + (shareY * (below - above));
    }
}
