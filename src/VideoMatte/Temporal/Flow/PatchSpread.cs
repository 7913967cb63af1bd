namespace VideoMatte.Temporal.Flow;

/// <summary>Makes the flow of every pixel of a scale from the patches that cover it: their mean, weighted by how well each fits there.</summary>
internal sealed class PatchSpread
{
    private readonly PatchGrid _grid;
    private readonly float[] _weights;

    /// <param name="grid">The patches.</param>
    /// <param name="width">Columns of the scale.</param>
    /// <param name="height">Rows of the scale.</param>
    public PatchSpread(PatchGrid grid, int width, int height)
    {
        _grid = grid;
        _weights = new float[width * height];
    }

    /// <summary>Does a band of pixel rows. Bands may be done at the same time.</summary>
    /// <param name="from">The picture looked from.</param>
    /// <param name="to">The picture looked to.</param>
    /// <param name="search">The patches' vectors.</param>
    /// <param name="result">Of the scale's size.</param>
    /// <param name="firstRow">First pixel row.</param>
    /// <param name="endRow">The row after the last.</param>
    public void Run(FlowLevel from, FlowLevel to, PatchSearch search, FlowField result, int firstRow, int endRow)
    {
        Range band = (firstRow * from.Width)..(endRow * from.Width);
        _weights.AsSpan(band).Clear();
        result.U[band].Clear();
        result.V[band].Clear();
        for (int row = 0; row < _grid.Rows; row++)
        {
            int top = Math.Max(_grid.Y(row), firstRow), lines = Math.Min(_grid.Y(row) + PatchGrid.PatchSize, endRow) - top;
            if (lines <= 0)
                continue;
            for (int column = 0; column < _grid.Columns; column++)
            {
                int x = _grid.X(column), i = (row * _grid.Columns) + column, to0 = (top * from.Width) + x;
                float u = search.U[i], v = search.V[i];
                // The place of the whole patch, as the search had it, brought down to the first line in the band.
                PatchPlace place = PatchPlace.Of(to, x + u, _grid.Y(row) + v);
                int below = (top - _grid.Y(row)) * to.Stride;
                SpreadSums sums = new(_weights.AsSpan(to0), result.U[to0..], result.V[to0..], from.Width);
                PatchKernel.Spread(
                    from.Samples[from.At(x, top)..], to.Samples[(place.At + below)..], from.Stride, place.ShareX, place.ShareY, u, v, lines, sums);
            }
        }

        // Every pixel is covered: no weight is 0.
        RowKernel.Divide(_weights.AsSpan(band), result.U[band], result.V[band]);
    }
}
