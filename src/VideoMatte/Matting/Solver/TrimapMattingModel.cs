using VideoMatte.Frames;

namespace VideoMatte.Matting.Solver;

/// <summary>Picture and trimap to alpha, each frame by itself: the trimap says what is inside, outside and open, and a solver (closed form, or
/// a network) fills what is open.</summary>
public sealed class TrimapMattingModel : FrameMattingModel, IInterruptible
{
    private const ushort Grey = 32768;

    private readonly IMatteSource _trimaps;
    private readonly IMatteSolver _solver;
    private readonly SolverDesk _desk;

    /// <param name="pool">For the mattes.</param>
    /// <param name="trimaps">Gives each frame its trimap as a picture in greys; moves in, and is disposed with the model.</param>
    /// <param name="solver">Moves in likewise.</param>
    public TrimapMattingModel(IFramePool pool, IMatteSource trimaps, IMatteSolver solver)
        : base(pool)
    {
        ArgumentNullException.ThrowIfNull(trimaps);
        ArgumentNullException.ThrowIfNull(solver);
        (_trimaps, _solver, _desk) = (trimaps, solver, new SolverDesk(solver));
    }

    public override MattingModelInfo Info => _solver.Info;

    public override IReadOnlyList<MatteWarning> Warnings => _solver.Warnings;

    public void Interrupt() => (_trimaps as IInterruptible)?.Interrupt();

    /// <exception cref="ArgumentException">The trimap is not of the frame's size.</exception>
    /// <exception cref="MatteException">Input, <c>trimap-one-sided</c>: nothing in the trimap is inside, or nothing outside.</exception>
    protected override void Estimate(VideoFrame frame, AlphaMatte alpha)
    {
        AlphaMatte drawn = _trimaps.Next(frame.Time);
        if (drawn.Width != alpha.Width || drawn.Height != alpha.Height)
            throw new ArgumentException($"{Name}: the trimap is not of the picture's size", nameof(frame));
        Trimap.Read(drawn.Samples, _desk.Trimap(drawn.Width * drawn.Height));
        alpha.Samples.Fill(Grey);
        if (!_desk.Solve(frame, alpha))
            throw new MatteException(ErrorKind.Input, "trimap-one-sided", "The trimap has no white (inside) or no black (outside) beside what is open, and alpha follows from nothing: paint some of both.");
    }

    protected override void Dispose(bool disposing)
    {
        _trimaps.Dispose();
        _solver.Dispose();
    }
}
