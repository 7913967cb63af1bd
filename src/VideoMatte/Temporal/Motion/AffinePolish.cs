using VideoMatte.Temporal.Flow;

namespace VideoMatte.Temporal.Motion;

/// <summary>Makes an affine motion exact to hundredths of a pixel: Gauss-Newton steps on the difference of the two pictures themselves (Lucas and
/// Kanade 1981), with one gain and one offset for their light. Only those places count whose own flow goes with the motion, and of them the less
/// the more they differ.</summary>
/// <param name="width">Columns of both pictures.</param>
/// <param name="height">Rows of both.</param>
internal sealed class AffinePolish(int width, int height)
{
    private const int Steps = 5, Step = 2;

    /// <summary>Pixels from the motion within which a place's flow goes with it.</summary>
    private const double Near = 1;

    /// <summary>Difference of grey, 0..255, at which a place counts a quarter.</summary>
    private const double Differs = 8;

    /// <summary>A step shorter than this, pixels at a corner, is the last.</summary>
    private const double Settled = .005;

    private readonly NormalEquations _system = new(8);

    /// <param name="first">Grey codes.</param>
    /// <param name="now">Grey codes.</param>
    /// <param name="flow">From the first to the second.</param>
    /// <param name="weights">Of its vectors.</param>
    /// <param name="motion">Exact to about a pixel.</param>
    public AffineMotion Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> now, FlowField flow, ReadOnlySpan<float> weights, AffineMotion motion)
    {
        Span<double> change = stackalloc double[8];
        AffineMotion start = motion;
        (double gain, double offset) = (1, 0);
        for (int step = 0; step < Steps; step++)
        {
            Sum(first, now, flow, weights, start, motion, gain, offset);
            if (!_system.TrySolve(change))
                return start;
            var by = new AffineMotion(change[0], change[1], change[2], change[3], change[4], change[5]);
            motion = new(motion.U + by.U, motion.Ux + by.Ux, motion.Uy + by.Uy, motion.V + by.V, motion.Vx + by.Vx, motion.Vy + by.Vy);
            (gain, offset) = (gain + change[6], offset + change[7]);
            if (by.Reach(width, height) < Settled)
                break;
        }

        // Steps that lead far away have gone wrong.
        var moved = new AffineMotion(motion.U - start.U, motion.Ux - start.Ux, motion.Uy - start.Uy, motion.V - start.V, motion.Vx - start.Vx, motion.Vy - start.Vy);
        return moved.Reach(width, height) < 2 * Near ? motion : start;
    }

    private void Sum(
        ReadOnlySpan<byte> first, ReadOnlySpan<byte> now, FlowField flow, ReadOnlySpan<float> weights, AffineMotion start, AffineMotion motion, double gain, double offset)
    {
        Span<double> row = stackalloc double[8];
        _system.Clear();
        for (int line = 1; line < height - 1; line += Step)
            for (int column = 1; column < width - 1; column += Step)
            {
                int i = (line * width) + column;
                if (weights[i] <= 0)
                    continue;
                double x = column - ((width - 1) / 2.0), y = line - ((height - 1) / 2.0);
                (double u, double v) = start.At(x, y);
                (double du, double dv) = (flow.U[i] - u, flow.V[i] - v);
                if ((du * du) + (dv * dv) > Near * Near)
                    continue;
                (u, v) = motion.At(x, y);
                (double cx, double cy) = (column + u, line + v);
                if (!(cx >= 0 && cy >= 0 && cx < width - 1 && cy < height - 1))
                    continue;
                double rest = (gain * first[i]) + offset - Sample(now, cx, cy), share = 1 / (1 + (rest * rest / (Differs * Differs)));
                double across = gain * (first[i + 1] - first[i - 1]) / 2, down = gain * (first[i + width] - first[i - width]) / 2;
                (row[0], row[1], row[2]) = (across, across * x, across * y);
                (row[3], row[4], row[5]) = (down, down * x, down * y);
                (row[6], row[7]) = (-first[i], -1);
                _system.Add(row, rest, weights[i] * share * share);
            }
    }

    private double Sample(ReadOnlySpan<byte> plane, double x, double y)
    {
        int left = (int)x, top = (int)y, at = (top * width) + left;
        double shareX = x - left, shareY = y - top;
        double upper = plane[at] + (shareX * (plane[at + 1] - plane[at])), lower = plane[at + width] + (shareX * (plane[at + width + 1] - plane[at + width]));
        return upper + (shareY * (lower - upper));
    }
}
