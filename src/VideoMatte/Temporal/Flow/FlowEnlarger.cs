using VideoMatte.Frames;

namespace VideoMatte.Temporal.Flow;

/// <summary>Brings the flow of the finest scale to the picture's size: linear interpolation, the vectors grown as the picture is.</summary>
internal sealed class FlowEnlarger
{
    private readonly int _scale;
    private readonly RowSpreader _spreader;

    /// <param name="smallWidth">Columns at the scale.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="scale">Halvings between them.</param>
    public FlowEnlarger(int smallWidth, int width, int scale)
    {
        _scale = scale;
        // What was left over at odd sizes lies beyond the small picture: the step is a power of two all the same.
        _spreader = new RowSpreader(smallWidth, width, 1.0 / (1 << scale));
    }

    public void Run(FlowField small, FlowField full)
    {
        if (_scale == 0)
        {
            small.U.CopyTo(full.U);
            small.V.CopyTo(full.V);
            return;
        }

        _spreader.Forget();
        float grown = 1 << _scale;
        for (int y = 0; y < full.Height; y++)
        {
            float at = Math.Clamp(((y + .5f) / grown) - .5f, 0, small.Height - 1);
            int near = (int)at, far = Math.Min(near + 1, small.Height - 1);
            float weight = at - near;
            _spreader.Select(small.U, small.V, near, far);
            FlowRows.Mix(_spreader.Near1, _spreader.Far1, 1 - weight, weight, grown, full.U.Slice(y * full.Width, full.Width));
            FlowRows.Mix(_spreader.Near2, _spreader.Far2, 1 - weight, weight, grown, full.V.Slice(y * full.Width, full.Width));
        }
    }
}
