using VideoMatte.Frames;

namespace VideoMatte.Matting.Solver;

/// <summary>Picture and trimap to alpha: the trimap says what is inside, outside and open, and a solver (closed form, or
/// a network) fills what is open.</summary>
public sealed class TrimapMattingModel : FrameMattingModel, IInterruptible
{
    private readonly ITrimapSource _trimaps;
    private readonly IMatteSolver _solver;
    private readonly SolverDesk _desk;

    /// <param name="pool">For the mattes.</param>
    /// <param name="trimaps">Gives each frame its trimap; moves in, and is disposed with the model.</param>
    /// <param name="solver">Moves in likewise.</param>
    public TrimapMattingModel(IFramePool pool, ITrimapSource trimaps, IMatteSolver solver)
        : base(pool)
    {
        ArgumentNullException.ThrowIfNull(trimaps);
        ArgumentNullException.ThrowIfNull(solver);
        (_trimaps, _solver, _desk) = (trimaps, solver, new SolverDesk(solver));
    }

    public override MattingModelInfo Info => _solver.Info;

    public override IReadOnlyList<MatteWarning> Warnings => [.. _solver.Warnings, .. _trimaps.Warnings];

    public void Interrupt() => _trimaps.Interrupt();

    public override void Reset() => _trimaps.Reset();

    /// <exception cref="ArgumentException">The trimap is not of the frame's size.</exception>
    /// <exception cref="MatteException">Input, <c>trimap-one-sided</c>: nothing in the trimap is inside, or nothing outside.</exception>
    protected override void Estimate(VideoFrame frame, AlphaMatte alpha)
    {
        Span<ushort> codes = alpha.Samples;
        if (!_trimaps.Next(frame, _desk.Trimap(codes.Length), codes))
        {
            codes.Clear();
            return;
        }

        if (!_desk.Solve(frame, alpha))
            throw new MatteException(ErrorKind.Input, "trimap-one-sided", "The trimap has no white (inside) or no black (outside) beside what is open, and alpha follows from nothing: paint some of both.");
        _trimaps.Solved(codes);
    }

    protected override void Dispose(bool disposing)
    {
        _trimaps.Dispose();
        _solver.Dispose();
    }
}
