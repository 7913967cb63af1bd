namespace VideoMatte.Temporal.Flow;

/// <summary>How much work <see cref="DenseInverseSearch"/> does. The three presets are those of OpenCV's DISOpticalFlow, value for value.
/// Patches are 8 x 8, their mean difference is taken out (so that a change of light is no motion), and good vectors spread from patch to
/// patch, in all of them.</summary>
public sealed record FlowOptions
{
    /// <summary>Flow at a quarter of the size, patches alone.</summary>
    public static FlowOptions Ultrafast { get; } = new() { FinestScale = 2, PatchStride = 4, Iterations = 12, RefinementIterations = 0 };

    /// <summary>Flow at a quarter of the size, refined.</summary>
    public static FlowOptions Fast { get; } = new() { FinestScale = 2, PatchStride = 4, Iterations = 16, RefinementIterations = 5 };

    /// <summary>Flow at half the size, refined.</summary>
    public static FlowOptions Medium { get; } = new() { FinestScale = 1, PatchStride = 3, Iterations = 25, RefinementIterations = 5 };

    /// <summary>Halvings of the size at which the search ends; 0 is the full size, at most 8. The flow is brought up from there by linear
    /// interpolation. A picture too small for it ends at its coarsest scale.</summary>
    public required int FinestScale { get; init; }

    /// <summary>Pixels from one patch to the next, 1..8. Less is slower and smoother.</summary>
    public required int PatchStride { get; init; }

    /// <summary>Most steps of the gradient descent of a patch at each scale, both passes together, 2..1000. A patch that has settled stops
    /// sooner.</summary>
    public required int Iterations { get; init; }

    /// <summary>Fixed-point iterations of the variational refinement at each scale, 0 (none) to 100.</summary>
    public required int RefinementIterations { get; init; }

    /// <summary>Threads that work at a time, 1 or 2. The flow is the same with either, bit for bit. The two meet every few microseconds: a
    /// second one helps where a processor is idle, and hinders where all are busy.</summary>
    public int Threads { get; init; } = 1;

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(FinestScale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FinestScale, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(PatchStride, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PatchStride, PatchGrid.PatchSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(Iterations, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Iterations, 1000);
        ArgumentOutOfRangeException.ThrowIfNegative(RefinementIterations);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RefinementIterations, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Threads, 2);
    }
}
