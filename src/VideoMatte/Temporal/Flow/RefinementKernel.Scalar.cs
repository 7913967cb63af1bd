namespace VideoMatte.Temporal.Flow;

internal static partial class RefinementKernel
{
    internal static void TiesScalar(
        ReadOnlySpan<float> flow, ReadOnlySpan<float> beside, ReadOnlySpan<float> below, in CheckerRow shape, float alpha, Span<float> system)
    {
        int stride = shape.Stride;
        float weight = .5f * alpha;
        for (int i = 0; i < shape.Count; i++)
        {
            int at = Checkerboard.Room + i, right = at + shape.Odd;
            float u = flow[at], v = flow[stride + at];
            float ux = beside[right] - u, uy = below[at] - u, vx = beside[stride + right] - v, vy = below[stride + at] - v;
            float tie = weight / MathF.Sqrt((ux * ux) + (uy * uy) + ((vx * vx) + (vy * vy)) + Epsilon);
            system[(TieRight * stride) + at] = tie;
            system[(TieDown * stride) + at] = tie;
        }
    }

    internal static void EquationsScalar(
        ReadOnlySpan<float> flow, ReadOnlySpan<float> constraints, ReadOnlySpan<float> beside, ReadOnlySpan<float> above, in CheckerRow shape,
        float delta, float gamma, Span<float> system)
    {
        int stride = shape.Stride;
        for (int i = 0; i < shape.Count; i++)
        {
            int at = Checkerboard.Room + i, left = at + shape.Odd - 1;
            float u = flow[at], v = flow[stride + at];
            float a0 = constraints[at], b0 = constraints[stride + at], k0 = constraints[(2 * stride) + at];
            float a1 = constraints[(3 * stride) + at], b1 = constraints[(4 * stride) + at], k1 = constraints[(5 * stride) + at];
            float a2 = constraints[(6 * stride) + at], b2 = constraints[(7 * stride) + at], k2 = constraints[(8 * stride) + at];
            float rest0 = (a0 * u) + (b0 * v) - k0, rest1 = (a1 * u) + (b1 * v) - k1, rest2 = (a2 * u) + (b2 * v) - k2;
            float brightness = .5f * delta / MathF.Sqrt((rest0 * rest0) + Epsilon);
            float gradient = .5f * gamma / MathF.Sqrt((rest1 * rest1) + (rest2 * rest2) + Epsilon);
            float ties = system[(TieRight * stride) + at] + system[(TieDown * stride) + at]
                + (beside[(TieRight * stride) + left] + above[(TieDown * stride) + at]) + Floor;
            float m11 = (brightness * (a0 * a0)) + (gradient * ((a1 * a1) + (a2 * a2))) + ties;
            float m12 = (brightness * (a0 * b0)) + (gradient * ((a1 * b1) + (a2 * b2)));
            float m22 = (brightness * (b0 * b0)) + (gradient * ((b1 * b1) + (b2 * b2))) + ties;
            float scale = 1 / ((m11 * m22) - (m12 * m12));
            system[(Inverse11 * stride) + at] = m22 * scale;
            system[(Inverse12 * stride) + at] = m12 * scale;
            system[(Inverse22 * stride) + at] = m11 * scale;
            system[(Side1 * stride) + at] = (brightness * (a0 * k0)) + (gradient * ((a1 * k1) + (a2 * k2)));
            system[(Side2 * stride) + at] = (brightness * (b0 * k0)) + (gradient * ((b1 * k1) + (b2 * k2)));
        }
    }

    internal static void RelaxScalar(ReadOnlySpan<float> system, in CheckerNeighbours neighbours, in CheckerRow shape, Span<float> flow)
    {
        int stride = shape.Stride;
        for (int i = 0; i < shape.Count; i++)
        {
            int at = Checkerboard.Room + i, right = at + shape.Odd, left = right - 1;
            float toRight = system[(TieRight * stride) + at], toBelow = system[(TieDown * stride) + at];
            float toLeft = neighbours.SystemBeside[(TieRight * stride) + left], toAbove = neighbours.SystemAbove[(TieDown * stride) + at];
            float u = system[(Side1 * stride) + at] + ((toRight * neighbours.FlowBeside[right]) + (toLeft * neighbours.FlowBeside[left]))
                + ((toBelow * neighbours.FlowBelow[at]) + (toAbove * neighbours.FlowAbove[at]));
            float v = system[(Side2 * stride) + at]
                + ((toRight * neighbours.FlowBeside[stride + right]) + (toLeft * neighbours.FlowBeside[stride + left]))
                + ((toBelow * neighbours.FlowBelow[stride + at]) + (toAbove * neighbours.FlowAbove[stride + at]));
            float inverse12 = system[(Inverse12 * stride) + at];
            float solvedU = (system[(Inverse11 * stride) + at] * u) - (inverse12 * v);
            float solvedV = (system[(Inverse22 * stride) + at] * v) - (inverse12 * u);
            flow[at] += Omega * (solvedU - flow[at]);
            flow[stride + at] += Omega * (solvedV - flow[stride + at]);
        }
    }
}
