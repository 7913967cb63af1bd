using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>Puts the associated planes into <see cref="MattedFrame.Rendered"/>; picture, foreground and alpha stay. Their format is
/// <see cref="OutputFormat"/>, not always the picture's.</summary>
public sealed class PremultiplyStage(IFramePool pool) : MattedStage
{
    public override string Name => "premultiply";

    /// <inheritdoc cref="Association.OutputFormat"/>
    public static FrameFormat OutputFormat(FrameFormat format) => Association.OutputFormat(format);

    protected override void Apply(MattedFrame frame) =>
        frame.ReplaceRendered(Association.Premultiply(frame.Foreground ?? frame.Picture, frame.Alpha, pool));
}
