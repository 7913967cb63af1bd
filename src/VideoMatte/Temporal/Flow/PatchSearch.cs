namespace VideoMatte.Temporal.Flow;

/// <summary>The inverse search of one scale (Kroeger et al., "Fast optical flow using dense inverse search", 2016): every patch of the
/// picture looked from is moved over the other one by Gauss-Newton steps, from the best of what the coarser scale and its neighbours
/// found. The gradients are the resting picture's, so that its tensors are inverted once.</summary>
internal sealed class PatchSearch
{
    /// <summary>A step shorter than this, in pixels of the scale, ends a descent: its square.</summary>
    private const float Settled = .02f * .02f;

    private readonly PatchGrid _grid;
    private readonly float[] _u;
    private readonly float[] _v;

    public PatchSearch(PatchGrid grid)
    {
        _grid = grid;
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
    /// <param name="steps">Most steps of a descent in each pass.</param>
    public void Run(FlowLevel from, FlowLevel to, FlowField? coarser, int firstRow, int endRow, int steps)
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
                Descend(ref patch, steps);
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
                Descend(ref patch, steps);
            }
        }
    }

    private void Descend(ref Patch patch, int steps)
    {
        // Further than its own size a patch sees nothing of where it started: such a path is chance.
        float startU = patch.U, startV = patch.V, most = PatchGrid.PatchSize * PatchGrid.PatchSize;
        for (int n = 0; n < steps; n++)
        {
            (float du, float dv) = patch.Step();
            float awayU = patch.U + du - startU, awayV = patch.V + dv - startV;
            if ((awayU * awayU) + (awayV * awayV) > most || !patch.Try(patch.U + du, patch.V + dv) || (du * du) + (dv * dv) < Settled)
                break;
        }

        (_u[patch.Index], _v[patch.Index]) = (patch.U, patch.V);
    }
}
