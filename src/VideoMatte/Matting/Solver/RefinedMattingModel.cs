using VideoMatte.Frames;
using VideoMatte.Matting.Fallback;

namespace VideoMatte.Matting.Solver;

/// <summary>Any model's matte, its edge solved again from the picture: a band of some pixels around what is not sure is left open and a solver
/// fills it.</summary>
public sealed class RefinedMattingModel : IMattingModel, IInterruptible
{
    private readonly IMattingModel _coarse;
    private readonly IMatteSolver _solver;
    private readonly SolverDesk _desk;
    private readonly int? _radius;
    private readonly Queue<MattedFrame> _coarseFrames = new();
    private TrimapBand? _band;

    /// <param name="coarse">Moves in, and is disposed with the model.</param>
    /// <param name="solver">Moves in likewise.</param>
    /// <param name="radius">Pixels the band reaches beyond what is not sure, 1 or more; null: <see cref="AutomaticRadius"/>.</param>
    public RefinedMattingModel(IMattingModel coarse, IMatteSolver solver, int? radius)
    {
        ArgumentNullException.ThrowIfNull(coarse);
        ArgumentNullException.ThrowIfNull(solver);
        if (radius is { } given)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(given);
        (_coarse, _solver, _radius, _desk) = (coarse, solver, radius, new SolverDesk(solver));
    }

    public string Name => _coarse.Name;

    public int LatencyFrames => _coarse.LatencyFrames;

    /// <summary>The coarse model's.</summary>
    public MattingModelInfo Info => _coarse.Info;

    public bool GivesForeground => _coarse.GivesForeground;

    public IReadOnlyList<FallbackRange> Fallbacks => _coarse.Fallbacks;

    public IReadOnlyList<MatteWarning> Warnings => [.. _coarse.Warnings, .. _solver.Warnings];

    /// <summary>A hundredth of the longer side, at least 2 pixels.</summary>
    public static int AutomaticRadius(int width, int height) => Math.Max(2, (Math.Max(width, height) + 50) / 100);

    public void Process(VideoFrame frame, Queue<MattedFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (ready is null)
        {
            frame.Dispose();
            throw new ArgumentNullException(nameof(ready));
        }

        _coarse.Process(frame, _coarseFrames);
        Refine(ready);
    }

    public void Flush(Queue<MattedFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        _coarse.Flush(_coarseFrames);
        Refine(ready);
    }

    public void Reset() => _coarse.Reset();

    public void Interrupt() => (_coarse as IInterruptible)?.Interrupt();

    public void Dispose()
    {
        while (_coarseFrames.TryDequeue(out MattedFrame? left))
            left.Dispose();
        _coarse.Dispose();
        _solver.Dispose();
    }

    private void Refine(Queue<MattedFrame> ready)
    {
        while (_coarseFrames.TryDequeue(out MattedFrame? frame))
        {
            try
            {
                AlphaMatte alpha = frame.Alpha;
                if (_band is null || !_band.Fits(alpha.Width, alpha.Height))
                    _band = new TrimapBand(alpha.Width, alpha.Height, _radius ?? AutomaticRadius(alpha.Width, alpha.Height));
                _band.Write(alpha.Samples, _desk.Trimap(alpha.Width * alpha.Height));
                _desk.Solve(frame.Picture, alpha);
                ready.Enqueue(frame);
            }
            catch (Exception error)
            {
                (error as MatteException)?.Locate(Name, frame.Time.Index);
                frame.Dispose();
                throw;
            }
        }
    }
}
