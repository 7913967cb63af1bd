using System.Runtime.Intrinsics;

namespace VideoMatte.Temporal.Flow;

/// <summary>The steps of the refinement on one row of one colour of a <see cref="Checkerboard"/>. Rows are given whole, with their planes one
/// after the other: flow (u, v), constraints (<see cref="ConstraintKernel"/>), system (see <see cref="SystemPlanes"/>).</summary>
internal static partial class RefinementKernel
{
    public const int FlowPlanes = 2;

    /// <summary>Three elements of the inverse matrix, two of the right side, and what ties a pixel to its right and to its lower neighbour.</summary>
    public const int SystemPlanes = 7;

    private const int Inverse11 = 0, Inverse12 = 1, Inverse22 = 2, Side1 = 3, Side2 = 4, TieRight = 5, TieDown = 6;

    /// <summary>Square of the residual, and of the flow's slope in pixels a pixel, under which the penalty is quadratic.</summary>
    private const float Epsilon = .001f * .001f;

    /// <summary>Added to the ties, so that a place without a pixel has an inverse.</summary>
    private const float Floor = 1e-6f;

    /// <summary>Over-relaxation: the value of the method's authors.</summary>
    private const float Omega = 1.6f;

    /// <summary>How strongly neighbours are tied: less where the flow has a step, by its slope s: alpha / (2 sqrt(s s + epsilon)).</summary>
    /// <param name="flow">The row's.</param>
    /// <param name="beside">The other colour's in the same line.</param>
    /// <param name="below">The other colour's in the next line.</param>
    /// <param name="shape">Places and whether x is odd.</param>
    /// <param name="alpha">Weight of smoothness.</param>
    /// <param name="system">The row's; the two ties are written, those out of the picture are 0.</param>
    public static void Ties(
        ReadOnlySpan<float> flow, ReadOnlySpan<float> beside, ReadOnlySpan<float> below, in CheckerRow shape, float alpha, Span<float> system)
    {
        shape.Check(flow.Length, FlowPlanes);
        shape.Check(beside.Length, FlowPlanes);
        shape.Check(below.Length, FlowPlanes);
        shape.Check(system.Length, SystemPlanes);
        if (Vector128.IsHardwareAccelerated)
            TiesVector(flow, beside, below, shape, alpha, system);
        else
            TiesScalar(flow, beside, below, shape, alpha, system);
        system.Slice((TieRight * shape.Stride) + Checkerboard.Room + shape.LastTied, shape.Count - shape.LastTied).Clear();
        int pixels = shape.IsLastLine ? 0 : shape.Pixels;
        system.Slice((TieDown * shape.Stride) + Checkerboard.Room + pixels, shape.Count - pixels).Clear();
    }

    /// <summary>The two equations of every pixel, weighted by how well each constraint is met now, and their inverse.</summary>
    /// <param name="flow">The row's.</param>
    /// <param name="constraints">The row's.</param>
    /// <param name="beside">The other colour's system in the same line: its ties to the right.</param>
    /// <param name="above">The other colour's system in the line above: its ties downwards.</param>
    /// <param name="shape">Places and whether x is odd.</param>
    /// <param name="delta">Weight of brightness.</param>
    /// <param name="gamma">Weight of the gradient.</param>
    /// <param name="system">The row's; its ties are read, the rest is written.</param>
    public static void Equations(
        ReadOnlySpan<float> flow, ReadOnlySpan<float> constraints, ReadOnlySpan<float> beside, ReadOnlySpan<float> above, in CheckerRow shape,
        float delta, float gamma, Span<float> system)
    {
        shape.Check(flow.Length, FlowPlanes);
        shape.Check(constraints.Length, ConstraintKernel.Planes);
        shape.Check(beside.Length, SystemPlanes);
        shape.Check(above.Length, SystemPlanes);
        shape.Check(system.Length, SystemPlanes);
        if (Vector128.IsHardwareAccelerated)
            EquationsVector(flow, constraints, beside, above, shape, delta, gamma, system);
        else
            EquationsScalar(flow, constraints, beside, above, shape, delta, gamma, system);
    }

    /// <summary>One step of successive over-relaxation: u and v of each pixel solved together, the neighbours as they are.</summary>
    /// <param name="system">The row's.</param>
    /// <param name="neighbours">The other colour's systems and flows around.</param>
    /// <param name="shape">Places and whether x is odd.</param>
    /// <param name="flow">The row's; changed.</param>
    public static void Relax(ReadOnlySpan<float> system, in CheckerNeighbours neighbours, in CheckerRow shape, Span<float> flow)
    {
        shape.Check(system.Length, SystemPlanes);
        shape.Check(neighbours.SystemBeside.Length, SystemPlanes);
        shape.Check(neighbours.SystemAbove.Length, SystemPlanes);
        shape.Check(neighbours.FlowBeside.Length, FlowPlanes);
        shape.Check(neighbours.FlowAbove.Length, FlowPlanes);
        shape.Check(neighbours.FlowBelow.Length, FlowPlanes);
        shape.Check(flow.Length, FlowPlanes);
        if (Vector128.IsHardwareAccelerated)
            RelaxVector(system, neighbours, shape, flow);
        else
            RelaxScalar(system, neighbours, shape, flow);
    }
}
