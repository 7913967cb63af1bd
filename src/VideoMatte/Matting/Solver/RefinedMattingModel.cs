using VideoMatte.Frames;

namespace VideoMatte.Matting.Solver;

/// <summary>Any model's matte, its edge solved again from the picture: a band of some pixels around what is not sure is left open and a solver
/// fills it.</summary>
public sealed class RefinedMattingModel : WrappedMattingModel
{
    private readonly IMatteSolver _solver;
    private readonly SolverDesk _desk;
    private readonly int? _radius;
    private TrimapBand? _band;

    /// <param name="coarse">Moves in, and is disposed with the model.</param>
    /// <param name="solver">Moves in likewise.</param>
    /// <param name="radius">Pixels the band reaches beyond what is not sure, 1 or more; null: <see cref="AutomaticRadius"/>.</param>
    public RefinedMattingModel(IMattingModel coarse, IMatteSolver solver, int? radius)
        : base(coarse)
    {
        ArgumentNullException.ThrowIfNull(solver);
        if (radius is { } given)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(given);
        (_solver, _radius, _desk) = (solver, radius, new SolverDesk(solver));
    }

    public override IReadOnlyList<MatteWarning> Warnings => [.. base.Warnings, .. _solver.Warnings];

    /// <summary>A hundredth of the longer side, at least 2 pixels.</summary>
    public static int AutomaticRadius(int width, int height) => Math.Max(2, (Math.Max(width, height) + 50) / 100);

    protected override void Change(MattedFrame frame)
    {
        AlphaMatte alpha = frame.Alpha;
        if (_band is null || !_band.Fits(alpha.Width, alpha.Height))
            _band = new TrimapBand(alpha.Width, alpha.Height, _radius ?? AutomaticRadius(alpha.Width, alpha.Height));
        _band.Write(alpha.Samples, _desk.Trimap(alpha.Width * alpha.Height));
        _desk.Solve(frame.Picture, alpha);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _solver.Dispose();
    }
}
