namespace VideoMatte.Temporal.Flow;

/// <summary>Optical flow by dense inverse search (Kroeger et al., "Fast optical flow using dense inverse search", 2016), from the coarsest
/// scale to the finest: patches are searched, their vectors spread over the pixels, and the flow refined where the options say so. The result
/// depends neither on the threads nor on the processor.</summary>
public sealed class DenseInverseSearch : IOpticalFlow
{
    private readonly FlowOptions _options;
    private readonly FlowScales _scales;
    private readonly FlowCrew _crew;
    private readonly ScaleFlow[] _flows;
    private readonly FlowEnlarger _enlarger;

    /// <param name="width">Columns of every picture, at least <see cref="FlowPicture.LeastSide"/>.</param>
    /// <param name="height">Rows of every picture, at least <see cref="FlowPicture.LeastSide"/>.</param>
    /// <param name="options">How much work to do.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or an option is outside its range.</exception>
    public DenseInverseSearch(int width, int height, FlowOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, FlowPicture.LeastSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, FlowPicture.LeastSide);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
        _scales = FlowScales.For(width, height, options);
        _crew = new FlowCrew(options.Threads);
        _flows = [.. Enumerable.Range(_scales.Finest, _scales.Coarsest - _scales.Finest + 1)
            .Select(s => new ScaleFlow(width >> s, height >> s, _scales.Grid(s), options, _crew))];
        _enlarger = new FlowEnlarger(_flows[0].Field, width, height, _scales.Finest, _crew);
    }

    public int Width => _scales.Width;

    public int Height => _scales.Height;

    public FlowPicture NewPicture() => new(Width, Height, _options);

    public void Compute(FlowPicture from, FlowPicture to, FlowField result)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(result);
        if (!_scales.Fits(from.Scales) || !_scales.Fits(to.Scales))
            throw new ArgumentException("flow: a picture made for another size or other options");
        if (!from.IsSet || !to.IsSet)
            throw new InvalidOperationException("flow: an empty picture");
        if (result.Width != Width || result.Height != Height)
            throw new ArgumentException("flow: a result of another size", nameof(result));
        _crew.Begin();
        try
        {
            FlowField? coarser = null;
            for (int i = _flows.Length - 1; i >= 0; i--)
            {
                _flows[i].Run(from.Level(_scales.Finest + i), to.Level(_scales.Finest + i), coarser);
                coarser = _flows[i].Field;
            }

            _enlarger.Run(result);
        }
        finally
        {
            _crew.End();
        }
    }
}
