using VideoMatte.Frames;

namespace VideoMatte.Compositing.Edges;

/// <summary>Multiplies each matte by the alpha its source came with: what was transparent before stays so.</summary>
/// <param name="source">The source's own alpha, of the frames' size; moves in.</param>
public sealed class SourceAlphaStage(IMatteSource source) : MattedStage, IInterruptible
{
    public override string Name => "source-alpha";

    public void Interrupt() => (source as IInterruptible)?.Interrupt();

    protected override void Apply(MattedFrame frame) => MaskBlend.Multiply(frame.Alpha.Samples, source.Next(frame.Time).Samples);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            source.Dispose();
    }
}
