using VideoMatte.Temporal.Flow;

namespace VideoMatte.Temporal.Motion;

/// <summary>Fits one affine motion to a flow, of which a part, even the most of it, belongs to something that moves by itself: weighted least
/// squares again and again, a vector counting the less the farther it is from the fit (Cauchy's weight), with a scale that narrows.</summary>
internal static class AffineFit
{
    /// <summary>Every so manieth vector of a row, every so manieth row: they are no independent measurements anyway.</summary>
    private const int Step = 3;

    /// <summary>Pixels at which a vector counts half: first, and at the end, where flow's own error is.</summary>
    private const double FirstScale = 4, LastScale = .25, Narrowing = .6;

    /// <summary>Pixels from the fit within which a vector goes with it.</summary>
    private const double Near = .75;

    /// <param name="flow">Of a picture.</param>
    /// <param name="weights">0..1 for each of its vectors; 0 does not count.</param>
    /// <param name="most">What each weight would be if its vector were known.</param>
    /// <param name="starts">To begin from; the one that ends with most vectors near is taken.</param>
    /// <returns>The motion, and the share of the most there could be that goes with it, 0..1: 0 where nothing has weight.</returns>
    public static (AffineMotion Motion, double Share) Of(FlowField flow, ReadOnlySpan<float> weights, ReadOnlySpan<float> most, params ReadOnlySpan<AffineMotion> starts)
    {
        (AffineMotion Motion, double Share) best = (AffineMotion.None, 0);
        foreach (AffineMotion start in starts)
        {
            AffineMotion motion = start;
            for (double scale = FirstScale; scale > LastScale * Narrowing; scale *= Narrowing)
                motion = Solve(flow, weights, motion, Math.Max(scale, LastScale)) ?? motion;
            double share = Share(flow, weights, most, motion);
            if (share > best.Share)
                best = (motion, share);
        }

        return best;
    }

    /// <summary>The middle of all vectors, each component by itself.</summary>
    public static AffineMotion Median(FlowField flow, ReadOnlySpan<float> weights)
    {
        List<float> u = [], v = [];
        for (int y = 0; y < flow.Height; y += Step)
            for (int i = y * flow.Width; i < (y + 1) * flow.Width; i += Step)
                if (weights[i] > .5f)
                {
                    u.Add(flow.U[i]);
                    v.Add(flow.V[i]);
                }

        if (u.Count == 0)
            return AffineMotion.None;
        u.Sort();
        v.Sort();
        return new AffineMotion(u[u.Count / 2], 0, 0, v[v.Count / 2], 0, 0);
    }

    private static double Share(FlowField flow, ReadOnlySpan<float> weights, ReadOnlySpan<float> most, AffineMotion motion)
    {
        double all = 0, near = 0;
        for (int y = 0; y < flow.Height; y += Step)
            for (int x = 0; x < flow.Width; x += Step)
            {
                int i = (y * flow.Width) + x;
                all += most[i];
                near += Distance(flow, i, motion, x - ((flow.Width - 1) / 2.0), y - ((flow.Height - 1) / 2.0)) < Near * Near ? weights[i] : 0;
            }

        return all > 0 ? near / all : 0;
    }

    private static double Distance(FlowField flow, int i, AffineMotion motion, double x, double y)
    {
        (double u, double v) = motion.At(x, y);
        (u, v) = (flow.U[i] - u, flow.V[i] - v);
        return (u * u) + (v * v);
    }

    /// <summary>One step; null where the vectors say nothing.</summary>
    private static AffineMotion? Solve(FlowField flow, ReadOnlySpan<float> weights, AffineMotion from, double scale)
    {
        NormalEquations across = new(3), down = new(3);
        Span<double> row = stackalloc double[3], u = stackalloc double[3], v = stackalloc double[3];
        double one = 1 / (scale * scale);
        for (int line = 0; line < flow.Height; line += Step)
            for (int column = 0; column < flow.Width; column += Step)
            {
                int i = (line * flow.Width) + column;
                if (weights[i] <= 0)
                    continue;
                (row[0], row[1], row[2]) = (1, column - ((flow.Width - 1) / 2.0), line - ((flow.Height - 1) / 2.0));
                double weight = weights[i] / (1 + (one * Distance(flow, i, from, row[1], row[2])));
                across.Add(row, flow.U[i], weight);
                down.Add(row, flow.V[i], weight);
            }

        return across.TrySolve(u) && down.TrySolve(v) ? new AffineMotion(u[0], u[1], u[2], v[0], v[1], v[2]) : null;
    }
}
