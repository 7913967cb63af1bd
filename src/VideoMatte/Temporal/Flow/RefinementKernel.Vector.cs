using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VideoMatte.Temporal.Flow;

internal static partial class RefinementKernel
{
    internal static void TiesVector(
        ReadOnlySpan<float> flow, ReadOnlySpan<float> beside, ReadOnlySpan<float> below, in CheckerRow shape, float alpha, Span<float> system)
    {
        ref float own = ref MemoryMarshal.GetReference(flow), next = ref MemoryMarshal.GetReference(beside);
        ref float under = ref MemoryMarshal.GetReference(below), to = ref MemoryMarshal.GetReference(system);
        nuint stride = (nuint)shape.Stride, odd = (nuint)shape.Odd, end = (nuint)(Checkerboard.Room + shape.Count);
        Vector256<float> weight = Vector256.Create(.5f * alpha), epsilon = Vector256.Create(Epsilon);
        for (nuint at = Checkerboard.Room; at < end; at += 8)
        {
            Vector256<float> u = Vector256.LoadUnsafe(ref own, at), v = Vector256.LoadUnsafe(ref own, stride + at);
            Vector256<float> ux = Vector256.LoadUnsafe(ref next, at + odd) - u, uy = Vector256.LoadUnsafe(ref under, at) - u;
            Vector256<float> vx = Vector256.LoadUnsafe(ref next, stride + at + odd) - v, vy = Vector256.LoadUnsafe(ref under, stride + at) - v;
            Vector256<float> tie = weight / Vector256.Sqrt((ux * ux) + (uy * uy) + ((vx * vx) + (vy * vy)) + epsilon);
            tie.StoreUnsafe(ref to, (TieRight * stride) + at);
            tie.StoreUnsafe(ref to, (TieDown * stride) + at);
        }
    }

    internal static void EquationsVector(
        ReadOnlySpan<float> flow, ReadOnlySpan<float> constraints, ReadOnlySpan<float> beside, ReadOnlySpan<float> above, in CheckerRow shape,
        float delta, float gamma, Span<float> system)
    {
        ref float own = ref MemoryMarshal.GetReference(flow), lines = ref MemoryMarshal.GetReference(constraints);
        ref float next = ref MemoryMarshal.GetReference(beside), over = ref MemoryMarshal.GetReference(above);
        ref float to = ref MemoryMarshal.GetReference(system);
        nuint stride = (nuint)shape.Stride, odd = (nuint)shape.Odd, end = (nuint)(Checkerboard.Room + shape.Count);
        Vector256<float> halfDelta = Vector256.Create(.5f * delta), halfGamma = Vector256.Create(.5f * gamma);
        Vector256<float> epsilon = Vector256.Create(Epsilon), floor = Vector256.Create(Floor), one = Vector256.Create(1f);
        for (nuint at = Checkerboard.Room; at < end; at += 8)
        {
            Vector256<float> u = Vector256.LoadUnsafe(ref own, at), v = Vector256.LoadUnsafe(ref own, stride + at);
            Vector256<float> a0 = Vector256.LoadUnsafe(ref lines, at), b0 = Vector256.LoadUnsafe(ref lines, stride + at);
            Vector256<float> k0 = Vector256.LoadUnsafe(ref lines, (2 * stride) + at);
            Vector256<float> a1 = Vector256.LoadUnsafe(ref lines, (3 * stride) + at), b1 = Vector256.LoadUnsafe(ref lines, (4 * stride) + at);
            Vector256<float> k1 = Vector256.LoadUnsafe(ref lines, (5 * stride) + at);
            Vector256<float> a2 = Vector256.LoadUnsafe(ref lines, (6 * stride) + at), b2 = Vector256.LoadUnsafe(ref lines, (7 * stride) + at);
            Vector256<float> k2 = Vector256.LoadUnsafe(ref lines, (8 * stride) + at);
            Vector256<float> rest0 = (a0 * u) + (b0 * v) - k0, rest1 = (a1 * u) + (b1 * v) - k1, rest2 = (a2 * u) + (b2 * v) - k2;
            Vector256<float> brightness = halfDelta / Vector256.Sqrt((rest0 * rest0) + epsilon);
            Vector256<float> gradient = halfGamma / Vector256.Sqrt((rest1 * rest1) + (rest2 * rest2) + epsilon);
            Vector256<float> ties = Vector256.LoadUnsafe(ref to, (TieRight * stride) + at) + Vector256.LoadUnsafe(ref to, (TieDown * stride) + at)
                + (Vector256.LoadUnsafe(ref next, (TieRight * stride) + at + odd - 1) + Vector256.LoadUnsafe(ref over, (TieDown * stride) + at))
                + floor;
            Vector256<float> m11 = (brightness * (a0 * a0)) + (gradient * ((a1 * a1) + (a2 * a2))) + ties;
            Vector256<float> m12 = (brightness * (a0 * b0)) + (gradient * ((a1 * b1) + (a2 * b2)));
            Vector256<float> m22 = (brightness * (b0 * b0)) + (gradient * ((b1 * b1) + (b2 * b2))) + ties;
            Vector256<float> scale = one / ((m11 * m22) - (m12 * m12));
            (m22 * scale).StoreUnsafe(ref to, (Inverse11 * stride) + at);
            (m12 * scale).StoreUnsafe(ref to, (Inverse12 * stride) + at);
            (m11 * scale).StoreUnsafe(ref to, (Inverse22 * stride) + at);
            ((brightness * (a0 * k0)) + (gradient * ((a1 * k1) + (a2 * k2)))).StoreUnsafe(ref to, (Side1 * stride) + at);
            ((brightness * (b0 * k0)) + (gradient * ((b1 * k1) + (b2 * k2)))).StoreUnsafe(ref to, (Side2 * stride) + at);
        }
    }

    internal static void RelaxVector(ReadOnlySpan<float> system, in CheckerNeighbours neighbours, in CheckerRow shape, Span<float> flow)
    {
        ref float s = ref MemoryMarshal.GetReference(system), next = ref MemoryMarshal.GetReference(neighbours.SystemBeside);
        ref float over = ref MemoryMarshal.GetReference(neighbours.SystemAbove), beside = ref MemoryMarshal.GetReference(neighbours.FlowBeside);
        ref float above = ref MemoryMarshal.GetReference(neighbours.FlowAbove), below = ref MemoryMarshal.GetReference(neighbours.FlowBelow);
        ref float own = ref MemoryMarshal.GetReference(flow);
        nuint stride = (nuint)shape.Stride, odd = (nuint)shape.Odd, end = (nuint)(Checkerboard.Room + shape.Count);
        Vector256<float> omega = Vector256.Create(Omega);
        for (nuint at = Checkerboard.Room; at < end; at += 8)
        {
            nuint right = at + odd, left = right - 1;
            Vector256<float> toRight = Vector256.LoadUnsafe(ref s, (TieRight * stride) + at);
            Vector256<float> toBelow = Vector256.LoadUnsafe(ref s, (TieDown * stride) + at);
            Vector256<float> toLeft = Vector256.LoadUnsafe(ref next, (TieRight * stride) + left);
            Vector256<float> toAbove = Vector256.LoadUnsafe(ref over, (TieDown * stride) + at);
            Vector256<float> u = Vector256.LoadUnsafe(ref s, (Side1 * stride) + at)
                + ((toRight * Vector256.LoadUnsafe(ref beside, right)) + (toLeft * Vector256.LoadUnsafe(ref beside, left)))
                + ((toBelow * Vector256.LoadUnsafe(ref below, at)) + (toAbove * Vector256.LoadUnsafe(ref above, at)));
            Vector256<float> v = Vector256.LoadUnsafe(ref s, (Side2 * stride) + at)
                + ((toRight * Vector256.LoadUnsafe(ref beside, stride + right)) + (toLeft * Vector256.LoadUnsafe(ref beside, stride + left)))
                + ((toBelow * Vector256.LoadUnsafe(ref below, stride + at)) + (toAbove * Vector256.LoadUnsafe(ref above, stride + at)));
            Vector256<float> inverse12 = Vector256.LoadUnsafe(ref s, (Inverse12 * stride) + at);
            Vector256<float> solvedU = (Vector256.LoadUnsafe(ref s, at) * u) - (inverse12 * v);
            Vector256<float> solvedV = (Vector256.LoadUnsafe(ref s, (Inverse22 * stride) + at) * v) - (inverse12 * u);
            Vector256<float> nowU = Vector256.LoadUnsafe(ref own, at), nowV = Vector256.LoadUnsafe(ref own, stride + at);
            (nowU + (omega * (solvedU - nowU))).StoreUnsafe(ref own, at);
            (nowV + (omega * (solvedV - nowV))).StoreUnsafe(ref own, stride + at);
        }
    }
}
