namespace VideoMatte.Temporal.Flow;

/// <summary>The inverse search of one scale (Kroeger et al., "Fast optical flow using dense inverse search", 2016): every patch of the
/// picture looked from is moved over the other one by Gauss-Newton steps, from the best of what the coarser scale and its neighbours
/// found. The gradients are the resting picture's, so that its tensors are inverted once.</summary>
internal sealed class PatchSearch
{
    /// <summary>Part of the Gauss-Newton step that is made. Full steps reach each patch's own best place, which noise moves in flat patches
    /// and interpolation draws to whole pixels; shorter ones stay nearer to what the neighbours and the coarser scale say. Measured on drawn
    /// pairs: a quarter has two thirds of the error of whole steps.</summary>
    private const float StepShare = .25f;

    /// <summary>A step shorter than this, in pixels of the scale, ends a descent: its square.</summary>
    private const float Settled = .025f * .025f;

    /// <summary>A patch that goes further than this must fit better than where it began (its square, in pixels of the scale). Nearer, the
    /// fit is no judge: it is best at whole pixels, where nothing is interpolated.</summary>
    private const float Near = .5f * .5f;

    private const float Furthest = PatchGrid.PatchSize * PatchGrid.PatchSize;

    private readonly PatchGrid _grid;
    private readonly int _steps;
    private readonly float[] _u;
    private readonly float[] _v;

    /// <param name="grid">The patches.</param>
    /// <param name="steps">Most steps of a descent in each of the two passes.</param>
    public PatchSearch(PatchGrid grid, int steps)
    {
        (_grid, _steps) = (grid, steps);
        (_u, _v) = (new float[grid.Count], new float[grid.Count]);
    }

    /// <summary>The patches' displacements to the right, in pixels of the scale, row after row.</summary>
    public ReadOnlySpan<float> U => _u;

    /// <summary>The patches' displacements downwards.</summary>
    public ReadOnlySpan<float> V => _v;

    /// <summary>Searches a band of patch rows: once down with the neighbours left and above, once up with those right and below. Bands know
    /// nothing of each other.</summary>
    /// <param name="from">The resting picture's scale.</param>
    /// <param name="to">The other picture's.</param>
    /// <param name="coarser">The flow of the next coarser scale; none at the coarsest.</param>
    /// <param name="firstRow">First row of patches.</param>
    /// <param name="endRow">The row after the last.</param>
    public void Run(FlowLevel from, FlowLevel to, FlowField? coarser, int firstRow, int endRow)
    {
        for (int row = firstRow; row < endRow; row++)
        {
            for (int column = 0; column < _grid.Columns; column++)
            {
                int i = (row * _grid.Columns) + column;
                Patch patch = new(from, to, _grid.X(column), _grid.Y(row), i);
                patch.Start(coarser);
                if (column > 0)
                    patch.Try(_u[i - 1], _v[i - 1]);
                if (row > firstRow)
                    patch.Try(_u[i - _grid.Columns], _v[i - _grid.Columns]);
                Descend(ref patch);
            }
        }

        for (int row = endRow - 1; row >= firstRow; row--)
        {
            for (int column = _grid.Columns - 1; column >= 0; column--)
            {
                int i = (row * _grid.Columns) + column;
                Patch patch = new(from, to, _grid.X(column), _grid.Y(row), i);
                patch.Move(_u[i], _v[i]);
                if (column < _grid.Columns - 1)
                    patch.Try(_u[i + 1], _v[i + 1]);
                if (row < endRow - 1)
                    patch.Try(_u[i + _grid.Columns], _v[i + _grid.Columns]);
                Descend(ref patch);
            }
        }
    }

    private void Descend(ref Patch patch)
    {
        float startU = patch.U, startV = patch.V, startCost = patch.Cost, before = float.PositiveInfinity;
        for (int n = 0; n < _steps; n++)
        {
            (float du, float dv) = patch.Step();
            (du, dv) = (du * StepShare, dv * StepShare);
            float length = (du * du) + (dv * dv);
            if (length >= before)
                break;
            before = length;
            patch.Move(patch.U + du, patch.V + dv);
            if (length < Settled)
                break;
        }

        // Further than its own size a patch sees nothing of where it started: such a path is chance.
        float awayU = patch.U - startU, awayV = patch.V - startV, away = (awayU * awayU) + (awayV * awayV);
        if (away > Furthest || (away > Near && patch.Cost >= startCost))
            (_u[patch.Index], _v[patch.Index]) = (startU, startV);
        else
            (_u[patch.Index], _v[patch.Index]) = (patch.U, patch.V);
    }
}
