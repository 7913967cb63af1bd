namespace VideoMatte.Matting.Solver;

/// <summary>How far a solver is in one picture.</summary>
/// <param name="OpenPixels">Solved together, at the size that is worked at.</param>
/// <param name="Iteration">From 0; how many there will be is not known beforehand.</param>
public readonly record struct SolverStep(int OpenPixels, int Iteration);
