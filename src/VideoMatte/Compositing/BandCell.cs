using System.Numerics;

namespace VideoMatte.Compositing;

/// <summary>One cell of the unknown band at one size, as <see cref="BandSweep"/> reads it: where its four neighbours stand and what each of
/// them weighs in the cell's mean foreground and mean background.</summary>
/// <param name="Left">Index of a neighbour's value; any valid index where both its weights are 0. As the next three.</param>
/// <param name="Right">Likewise.</param>
/// <param name="Above">Likewise.</param>
/// <param name="Below">Likewise.</param>
/// <param name="Across">Weights of left in F and B, of right in F and B.</param>
/// <param name="Down">Weights of above in F and B, of below in F and B.</param>
/// <param name="Own">Weight of the cell's present F and B; then how much of the residual goes into F and into B. All F weights of a cell sum
/// to 1, so do its B weights.</param>
/// <param name="Alpha">0..1.</param>
internal readonly record struct BandCell(
    int Left, int Right, int Above, int Below, Vector4 Across, Vector4 Down, Vector4 Own, float Alpha);
