using VideoMatte.Frames;

namespace VideoMatte.Temporal.Flow;

/// <summary>Brings the flow of the finest scale to the picture's size: linear interpolation, the vectors grown as the picture is.</summary>
internal sealed class FlowEnlarger
{
    private readonly FlowField _small;
    private readonly int _scale;
    private readonly FlowCrew _crew;
    private readonly RowSpreader[] _spreaders;
    private readonly Action<int> _enlargeBand;
    private FlowField _full = null!;

    /// <param name="small">The flow of the scale; looked at anew each time.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="scale">Halvings between them.</param>
    /// <param name="crew">Who does it.</param>
    public FlowEnlarger(FlowField small, int width, int height, int scale, FlowCrew crew)
    {
        (_small, _scale, _crew) = (small, scale, crew);
        // What was left over at odd sizes lies beyond the small picture: the step is a power of two all the same.
        _spreaders = [.. Enumerable.Range(0, FlowCrew.Bands).Select(_ => new RowSpreader(small.Width, width, 1.0 / (1 << scale)))];
        _enlargeBand = EnlargeBand;
    }

    public void Run(FlowField full)
    {
        _full = full;
        if (_scale > 0)
        {
            _crew.Run(_enlargeBand, alone: false);
            return;
        }

        _small.U.CopyTo(full.U);
        _small.V.CopyTo(full.V);
    }

    private void EnlargeBand(int band)
    {
        RowSpreader spreader = _spreaders[band];
        spreader.Forget();
        float grown = 1 << _scale;
        (int first, int end) = FlowCrew.Rows(_full.Height, band);
        for (int y = first; y < end; y++)
        {
            float at = Math.Clamp(((y + .5f) / grown) - .5f, 0, _small.Height - 1);
            int near = (int)at, far = Math.Min(near + 1, _small.Height - 1);
            float weight = at - near;
            spreader.Select(_small.U, _small.V, near, far);
            RowKernel.Mix(spreader.Near1, spreader.Far1, 1 - weight, weight, grown, _full.U.Slice(y * _full.Width, _full.Width));
            RowKernel.Mix(spreader.Near2, spreader.Far2, 1 - weight, weight, grown, _full.V.Slice(y * _full.Width, _full.Width));
        }
    }
}
