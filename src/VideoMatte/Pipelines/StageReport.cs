namespace VideoMatte.Pipelines;

/// <param name="Name"><c>reader</c>, <c>writer</c> or the stage's own.</param>
/// <param name="Busy">Share of the run's time it worked rather than waited for its neighbours, 0..1. The slowest stage is the one near 1.</param>
/// <param name="Frames">Frames it gave on; by the writer: wrote.</param>
public sealed record StageReport(string Name, double Busy, long Frames);
