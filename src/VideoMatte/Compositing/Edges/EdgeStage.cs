using VideoMatte.Frames;

namespace VideoMatte.Compositing.Edges;

/// <summary>Retunes the edges of each matte: levels, then grow, then feather, then despeckle, each only where asked for.</summary>
public sealed class EdgeStage : MattedStage
{
    private readonly IFramePool _pool;
    private readonly LevelsTable? _levels;
    private readonly MatteGrow? _grow;
    private readonly MatteFeather? _feather;
    private readonly MatteDespeckle? _despeckle;

    private EdgeStage(EdgeSettings settings, IFramePool pool)
    {
        _pool = pool;
        _levels = settings.Levels.ChangesNothing ? null : new LevelsTable(settings.Levels);
        _grow = settings.Grow == 0 ? null : new MatteGrow(settings.Grow);
        _feather = settings.Feather > 0 ? new MatteFeather(settings.Feather) : null;
        _despeckle = settings.Despeckle > 1 ? new MatteDespeckle(settings.Despeckle) : null;
    }

    public override string Name => "edges";

    /// <summary>The stage, or none where the settings change nothing.</summary>
    /// <param name="settings">What to do.</param>
    /// <param name="pool">Lends the mattes.</param>
    /// <exception cref="MatteException">Usage: a setting lies outside its range.</exception>
    public static EdgeStage? Create(EdgeSettings settings, IFramePool pool)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(pool);
        settings.Validate();
        return settings.Steps.Any() ? new EdgeStage(settings, pool) : null;
    }

    protected override void Apply(MattedFrame frame)
    {
        _levels?.Apply(frame.Alpha.Samples);
        if (_grow is not null)
            Replace(frame, _grow.Apply);
        if (_feather is not null)
            Replace(frame, _feather.Apply);
        _despeckle?.Apply(frame.Alpha);
    }

    private void Replace(MattedFrame frame, Action<AlphaMatte, AlphaMatte> tool)
    {
        AlphaMatte result = AlphaMatte.Rent(_pool, frame.Alpha.Width, frame.Alpha.Height);
        try
        {
            tool(frame.Alpha, result);
        }
        catch
        {
            result.Dispose();
            throw;
        }

        frame.ReplaceAlpha(result);
    }
}
