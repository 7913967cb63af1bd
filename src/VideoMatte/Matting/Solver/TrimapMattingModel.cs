using VideoMatte.Frames;

namespace VideoMatte.Matting.Solver;

/// <summary>Picture and trimap to alpha, each frame by itself: the trimap says what is inside, outside and open, and a solver (closed form, or
/// a network) fills what is open.</summary>
public sealed class TrimapMattingModel : IMattingModel, IInterruptible
{
    private const ushort Grey = 32768;

    private readonly IFramePool _pool;
    private readonly IMatteSource _trimaps;
    private readonly IMatteSolver _solver;
    private readonly SolverDesk _desk;

    /// <param name="pool">For the mattes.</param>
    /// <param name="trimaps">Gives each frame its trimap as a picture in greys; moves in, and is disposed with the model.</param>
    /// <param name="solver">Moves in likewise.</param>
    public TrimapMattingModel(IFramePool pool, IMatteSource trimaps, IMatteSolver solver)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(trimaps);
        ArgumentNullException.ThrowIfNull(solver);
        (_pool, _trimaps, _solver, _desk) = (pool, trimaps, solver, new SolverDesk(solver));
    }

    public string Name => "matting";

    public int LatencyFrames => 0;

    public MattingModelInfo Info => _solver.Info;

    public IReadOnlyList<MatteWarning> Warnings => _solver.Warnings;

    /// <exception cref="ArgumentException">The trimap is not of the frame's size.</exception>
    /// <exception cref="MatteException">Input, <c>trimap-one-sided</c>: nothing in the trimap is inside, or nothing outside.</exception>
    public void Process(VideoFrame frame, Queue<MattedFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(frame);
        AlphaMatte? alpha = null;
        try
        {
            ArgumentNullException.ThrowIfNull(ready);
            AlphaMatte drawn = _trimaps.Next(frame.Time);
            if (drawn.Width != frame.Format.Width || drawn.Height != frame.Format.Height)
                throw new ArgumentException($"{Name}: the trimap is not of the picture's size", nameof(frame));
            Span<byte> trimap = _desk.Trimap(drawn.Width * drawn.Height);
            Trimap.Read(drawn.Samples, trimap);
            alpha = AlphaMatte.Rent(_pool, drawn.Width, drawn.Height);
            alpha.Samples.Fill(Grey);
            if (!_desk.Solve(frame, alpha))
                throw new MatteException(ErrorKind.Input, "trimap-one-sided", "The trimap has no white (inside) or no black (outside) beside what is open, and alpha follows from nothing: paint some of both.");
            ready.Enqueue(new MattedFrame(frame, alpha));
        }
        catch (Exception error)
        {
            (error as MatteException)?.Locate(Name, frame.Time.Index);
            frame.Dispose();
            alpha?.Dispose();
            throw;
        }
    }

    /// <summary>Nothing is held back.</summary>
    public void Flush(Queue<MattedFrame> ready) => ArgumentNullException.ThrowIfNull(ready);

    /// <summary>Nothing is remembered.</summary>
    public void Reset()
    {
    }

    public void Interrupt() => (_trimaps as IInterruptible)?.Interrupt();

    public void Dispose()
    {
        _trimaps.Dispose();
        _solver.Dispose();
    }
}
