using VideoMatte.Temporal.Flow;

namespace VideoMatte.Testing.Flow;

/// <summary>How good a flow is.</summary>
public static class FlowScore
{
    /// <summary>Most that is left of the way there and back for a pixel to count as consistent, in pixels.</summary>
    private const double Consistent = 1;

    /// <summary>Both flows of a pair.</summary>
    public static (FlowField Forward, FlowField Back) Compute(FlowPair pair, FlowOptions options)
    {
        DenseInverseSearch search = new(pair.Width, pair.Height, options);
        FlowPicture from = search.NewPicture(), to = search.NewPicture();
        from.Set(pair.FromView);
        to.Set(pair.ToView);
        FlowField forward = new(pair.Width, pair.Height), back = new(pair.Width, pair.Height);
        search.Compute(from, to, forward);
        search.Compute(to, from, back);
        return (forward, back);
    }

    /// <summary>Mean distance to the true flow, in pixels, over pixels that stay in the picture.</summary>
    public static double EndpointError(FlowPair pair, FlowField flow)
    {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < pair.From.Length; i++)
        {
            float u = pair.TrueU![i], v = pair.TrueV![i];
            if (!Inside(pair, (i % pair.Width) + u, (i / pair.Width) + v))
                continue;
            double du = flow.U[i] - u, dv = flow.V[i] - v;
            sum += Math.Sqrt((du * du) + (dv * dv));
            count++;
        }

        return sum / count;
    }

    /// <summary>Where the way there and back ends within a pixel of its start, and stays in the picture.</summary>
    public static bool[] ConsistentPixels(FlowPair pair, FlowField forward, FlowField back)
    {
        bool[] result = new bool[pair.From.Length];
        for (int i = 0; i < result.Length; i++)
        {
            double x = (i % pair.Width) + forward.U[i], y = (i / pair.Width) + forward.V[i];
            if (!Inside(pair, x, y))
                continue;
            double du = forward.U[i] + At(back.U, pair, x, y), dv = forward.V[i] + At(back.V, pair, x, y);
            result[i] = (du * du) + (dv * dv) < Consistent * Consistent;
        }

        return result;
    }

    /// <summary>Mean of |first - second brought by the flow| over some pixels, in codes, and how many they are.</summary>
    public static (double Error, long Pixels) WarpedError(FlowPair pair, FlowField forward, bool[] pixels)
    {
        float[] to = [.. pair.To.Select(c => (float)c)];
        double sum = 0;
        long count = 0;
        for (int i = 0; i < pixels.Length; i++)
        {
            if (!pixels[i])
                continue;
            sum += Math.Abs(At(to, pair, (i % pair.Width) + forward.U[i], (i / pair.Width) + forward.V[i]) - pair.From[i]);
            count++;
        }

        return (sum / count, count);
    }

    private static bool Inside(FlowPair pair, double x, double y) => x >= 0 && y >= 0 && x <= pair.Width - 1 && y <= pair.Height - 1;

    private static double At(ReadOnlySpan<float> plane, FlowPair pair, double x, double y)
    {
        (x, y) = (Math.Clamp(x, 0, pair.Width - 1), Math.Clamp(y, 0, pair.Height - 1));
        int left = Math.Min((int)x, pair.Width - 2), top = Math.Min((int)y, pair.Height - 2), at = (top * pair.Width) + left;
        double above = plane[at] + ((x - left) * (plane[at + 1] - plane[at]));
        double below = plane[at + pair.Width] + ((x - left) * (plane[at + pair.Width + 1] - plane[at + pair.Width]));
        return above + ((y - top) * (below - above));
    }
}
