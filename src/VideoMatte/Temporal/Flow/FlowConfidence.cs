using System.Runtime.Intrinsics;

namespace VideoMatte.Temporal.Flow;

/// <summary>How far a flow may be trusted: follow it, and come back by the flow of the other direction. The way that is left is the error e,
/// and the confidence is exp(-(e / 1.5 px)^2). Where the other picture shows something else (occlusion), the way back goes elsewhere.</summary>
public static partial class FlowConfidence
{
    /// <summary>The error, in pixels of the flow's size, at which confidence has fallen to 1/e.</summary>
    public const float Scale = 1.5f;

    /// <summary>Compares two opposite flows. Nothing is allocated.</summary>
    /// <param name="flow">From the picture in hand to the other one.</param>
    /// <param name="back">From the other one to the picture in hand; of the same size.</param>
    /// <param name="error">|flow(p) + back(p + flow(p))| in pixels, row after row. Where p + flow(p) lies outside the picture nothing is known:
    /// infinite.</param>
    /// <param name="confidence">0..1, as many; 0 where the error is infinite.</param>
    /// <exception cref="ArgumentException">A size is not the flow's.</exception>
    public static void Compute(FlowField flow, FlowField back, Span<float> error, Span<float> confidence) =>
        Compute(flow, back, error, confidence, []);

    /// <summary>Compares two opposite flows and says where the other picture does not show what is here: by the rule of Sundaram et al., "Dense point
    /// trajectories by GPU-accelerated large displacement optical flow" (2010), e^2 > 0.01 (|flow|^2 + |back|^2) + 0.5, and outside the
    /// picture.</summary>
    /// <param name="flow">As without occlusions.</param>
    /// <param name="back">As without occlusions.</param>
    /// <param name="error">As without occlusions.</param>
    /// <param name="confidence">As without occlusions.</param>
    /// <param name="occluded">255 where occluded, else 0; as many, or none where it is not asked for.</param>
    /// <exception cref="ArgumentException">A size is not the flow's.</exception>
    public static void Compute(FlowField flow, FlowField back, Span<float> error, Span<float> confidence, Span<byte> occluded)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(back);
        if (back.Width != flow.Width || back.Height != flow.Height || error.Length != flow.U.Length || confidence.Length != flow.U.Length
            || (occluded.Length != 0 && occluded.Length != flow.U.Length))
            throw new ArgumentException("flow confidence: a plane of another size than the flow's");
        int width = flow.Width, height = flow.Height;
        for (int y = 0; y < height; y++)
        {
            Span<float> u = flow.U.Slice(y * width, width), v = flow.V.Slice(y * width, width);
            Span<float> e = error.Slice(y * width, width), c = confidence.Slice(y * width, width);
            // The way back is looked up into the results' own memory.
            PlaceKernel.LookUp(back.U, width, width, height, y, u, v, e);
            PlaceKernel.LookUp(back.V, width, width, height, y, u, v, c);
            if (occluded.Length != 0)
                Occlusions(u, v, e, c, y, height, occluded.Slice(y * width, width));
            if (Vector128.IsHardwareAccelerated)
                CompareVector(u, v, y, height, e, c);
            else
                CompareScalar(u, v, y, height, e, c, 0);
        }
    }

    private static void Occlusions(
        ReadOnlySpan<float> u, ReadOnlySpan<float> v, ReadOnlySpan<float> backU, ReadOnlySpan<float> backV, int y, int height, Span<byte> occluded)
    {
        for (int i = 0; i < u.Length; i++)
        {
            float restU = u[i] + backU[i], restV = v[i] + backV[i];
            float ways = (u[i] * u[i]) + (v[i] * v[i]) + (backU[i] * backU[i]) + (backV[i] * backV[i]);
            bool seen = (restU * restU) + (restV * restV) <= (.01f * ways) + .5f && Inside(i + u[i], y + v[i], u.Length, height);
            occluded[i] = seen ? (byte)0 : (byte)255;
        }
    }

    private static bool Inside(float x, float y, int width, int height) => x >= 0 && y >= 0 && x <= width - 1 && y <= height - 1;
}
