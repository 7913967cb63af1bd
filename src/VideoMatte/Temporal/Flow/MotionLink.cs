using System.Numerics.Tensors;

namespace VideoMatte.Temporal.Flow;

/// <summary>The motion from one frame to another and how far it may be trusted, small.</summary>
internal sealed class MotionLink
{
    /// <summary>A difference of grey, 0..255, at which a vector's confidence has fallen to 1/e: grain and a change of light stay well below.</summary>
    private const float Likeness = 40;

    private readonly float[] _error;

    public MotionLink(int width, int height)
    {
        Flow = new FlowField(width, height);
        Confidence = new float[width * height];
        _error = new float[width * height];
    }

    public FlowField Flow { get; }

    /// <summary>0..1 for each pixel.</summary>
    public float[] Confidence { get; }

    /// <summary>How far the flow may be trusted: by the way back, and by what is seen at its end.</summary>
    /// <param name="back">The flow of the other direction.</param>
    /// <param name="here">The small picture the flow starts from.</param>
    /// <param name="there">The one it leads to.</param>
    /// <param name="warp">Of this size.</param>
    /// <param name="scratch">A plane of this size.</param>
    public void Judge(FlowField back, ReadOnlySpan<byte> here, ReadOnlySpan<byte> there, FlowWarp warp, Span<byte> scratch)
    {
        FlowConfidence.Compute(Flow, back, _error, Confidence);
        warp.Warp(there, Flow, scratch);
        GreyKernel.Weigh(here, scratch, Likeness, Confidence);
    }

    /// <summary>Becomes a link, followed by another from where it leads; trusted as far as both.</summary>
    /// <param name="first">The link.</param>
    /// <param name="then">The other one.</param>
    /// <param name="firstRow">First row to do; the others stay.</param>
    /// <param name="endRow">The row after the last.</param>
    public void Chain(MotionLink first, MotionLink then, int firstRow, int endRow)
    {
        int width = Flow.Width, height = Flow.Height;
        for (int y = firstRow; y < endRow; y++)
        {
            int at = y * width;
            ReadOnlySpan<float> u = first.Flow.U.Slice(at, width), v = first.Flow.V.Slice(at, width);
            Follow(then.Flow.U, u, Flow.U.Slice(at, width));
            Follow(then.Flow.V, v, Flow.V.Slice(at, width));
            PlaceKernel.LookUp(then.Confidence, width, width, height, y, u, v, Confidence.AsSpan(at, width));
            TensorPrimitives.Multiply(Confidence.AsSpan(at, width), first.Confidence.AsSpan(at, width), Confidence.AsSpan(at, width));

            void Follow(ReadOnlySpan<float> plane, ReadOnlySpan<float> own, Span<float> result)
            {
                PlaceKernel.LookUp(plane, width, width, height, y, first.Flow.U.Slice(at, width), first.Flow.V.Slice(at, width), result);
                TensorPrimitives.Add(result, own, result);
            }
        }
    }
}
