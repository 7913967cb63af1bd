using System.Numerics;
using System.Runtime.Intrinsics;

namespace VideoMatte.Compositing;

/// <summary>One sweep of the foreground estimation over cells none of which is another's neighbour.</summary>
/// <remarks>Each cell minimises (aF + (1-a)B - I)^2 + W (F - F0)^2 + V (B - B0)^2, F0 and B0 being the weighted means of its neighbours
/// and W, V the sums of their weights: F = F0 + aV r / d, B = B0 + (1-a)W r / d with the residual r = I - aF0 - (1-a)B0 and
/// d = a^2 V + (1-a)^2 W + WV. In this form nothing cancels, however small the weights are.</remarks>
internal static partial class BandSweep
{
    /// <summary>Moves F and B of the cells to their optimum, the neighbours held.</summary>
    /// <param name="cells">The cells to be moved; the first one's value stands at <paramref name="first"/>, the others' behind it.</param>
    /// <param name="picture">I of each cell: X and Y are two planes.</param>
    /// <param name="first">Index in <paramref name="values"/>.</param>
    /// <param name="values">F of two planes in X and Y, B of the same planes in Z and W; of all cells and their neighbours.</param>
    /// <param name="low">Least value of each of the four.</param>
    /// <param name="high">Largest value.</param>
    public static void Relax(
        ReadOnlySpan<BandCell> cells, ReadOnlySpan<Vector2> picture, int first, Span<Vector4> values, Vector4 low, Vector4 high)
    {
        if (picture.Length != cells.Length || first < 0 || first + cells.Length > values.Length)
            throw new ArgumentException("foreground estimation: cells, picture and values do not fit together");
        if (Vector128.IsHardwareAccelerated)
            RelaxVector(cells, picture, first, values, low, high);
        else
            RelaxScalar(cells, picture, first, values, low, high);
    }
}
