using System.Runtime.Intrinsics;

namespace VideoMatte.Temporal.Flow;

/// <summary>How far a flow may be trusted: follow it, and come back by the flow of the other direction. The way that is left is the error e,
/// and the confidence is exp(-(e / 1.5 px)^2). Where the other picture shows something else (occlusion), the way back goes elsewhere.</summary>
public static partial class FlowConfidence
{
    /// <summary>The error, in pixels of the flow's size, at which confidence has fallen to 1/e.</summary>
    public const float Scale = 1.5f;

    /// <summary>Compares two opposite flows.</summary>
    /// <param name="flow">From the picture in hand to the other one.</param>
    /// <param name="back">From the other one to the picture in hand; of the same size.</param>
    /// <param name="error">|flow(p) + back(p + flow(p))| in pixels, row after row. Where p + flow(p) lies outside the picture, nothing is known:
    /// infinite.</param>
    /// <param name="confidence">0..1, as many; 0 where the error is infinite.</param>
    /// <exception cref="ArgumentException">A size is not the flow's.</exception>
    public static void Compute(FlowField flow, FlowField back, Span<float> error, Span<float> confidence)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(back);
        if (back.Width != flow.Width || back.Height != flow.Height || error.Length != flow.U.Length || confidence.Length != flow.U.Length)
            throw new ArgumentException("flow confidence: a plane of another size than the flow's");
        for (int y = 0; y < flow.Height; y++)
        {
            Range row = (y * flow.Width)..((y + 1) * flow.Width);
            Error(flow, back, y, error[row]);
            if (Vector128.IsHardwareAccelerated)
                OfErrorVector(error[row], confidence[row]);
            else
                OfErrorScalar(error[row], confidence[row], 0);
        }
    }

    private static void Error(FlowField flow, FlowField back, int y, Span<float> error)
    {
        ReadOnlySpan<float> u = flow.U.Slice(y * flow.Width, flow.Width), v = flow.V.Slice(y * flow.Width, flow.Width);
        ErrorScalar(u, v, y, back.U, back.V, back.Width, back.Height, error, 0);
    }
}
