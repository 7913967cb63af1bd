namespace VideoMatte.Temporal.Flow;

/// <summary>Optical flow by dense inverse search (Kroeger et al., "Fast optical flow using dense inverse search", 2016), from the coarsest
/// scale to the finest: patches are searched, their vectors spread over the pixels.</summary>
public sealed class DenseInverseSearch : IOpticalFlow
{
    private readonly FlowOptions _options;
    private readonly FlowScales _scales;
    private readonly PatchSearch[] _searches;
    private readonly PatchSpread[] _spreads;
    private readonly FlowField[] _fields;
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
        int[] scales = [.. Enumerable.Range(_scales.Finest, _scales.Coarsest - _scales.Finest + 1)];
        _searches = [.. scales.Select(s => new PatchSearch(_scales.Grid(s)))];
        _spreads = [.. scales.Select(s => new PatchSpread(_scales.Grid(s), width >> s, height >> s))];
        _fields = [.. scales.Select(s => new FlowField(width >> s, height >> s))];
        _enlarger = new FlowEnlarger(width >> _scales.Finest, width, _scales.Finest);
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
        FlowField? coarser = null;
        for (int i = _fields.Length - 1; i >= 0; i--)
        {
            FlowLevel source = from.Level(_scales.Finest + i), target = to.Level(_scales.Finest + i);
            int rows = _scales.Grid(_scales.Finest + i).Rows;
            _searches[i].Run(source, target, coarser, 0, rows, _options.Iterations / 2);
            _spreads[i].Run(source, target, _searches[i], _fields[i], 0, source.Height);
            coarser = _fields[i];
        }

        _enlarger.Run(coarser!, result);
    }
}
