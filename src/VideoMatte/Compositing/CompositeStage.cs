using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>Puts the composite over a background into <see cref="MattedFrame.Rendered"/>, in the picture's format; the matte stays for
/// an alpha file beside it.</summary>
/// <param name="background">Moves in: disposed with the stage.</param>
/// <param name="pool">Lends the composites.</param>
public sealed class CompositeStage(IBackgroundSource background, IFramePool pool) : MattedStage, IInterruptible
{
    public override string Name => "background";

    public void Interrupt() => (background as IInterruptible)?.Interrupt();

    protected override void Apply(MattedFrame frame)
    {
        VideoFrame foreground = frame.Foreground ?? frame.Picture, behind = background.Next(frame);
        FrameFormat wanted = foreground.Format, found = behind.Format;
        if (found with { SampleAspect = wanted.SampleAspect } != wanted)
            throw new InvalidOperationException($"{Name}: the background is {found}, the foreground {wanted}");
        frame.ReplaceRendered(PlaneBlend.Composite(foreground, frame.Alpha, behind, pool));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            background.Dispose();
    }
}
