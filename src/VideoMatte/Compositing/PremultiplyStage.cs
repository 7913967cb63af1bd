using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>Puts the associated planes into <see cref="MattedFrame.Rendered"/>, none of their colours above alpha; picture, foreground and
/// alpha stay. Their format is <see cref="OutputFormat"/>, not always the picture's.</summary>
public sealed class PremultiplyStage(IFramePool pool) : MattedStage
{
    private FrameFormat? _format;
    private AssociatedLimit? _limit;

    public override string Name => "premultiply";

    /// <inheritdoc cref="Association.OutputFormat"/>
    public static FrameFormat OutputFormat(FrameFormat format) => Association.OutputFormat(format);

    protected override void Apply(MattedFrame frame)
    {
        VideoFrame associated = Association.Premultiply(frame.Foreground ?? frame.Picture, frame.Alpha, pool);
        if (_format != associated.Format)
            (_limit, _format) = (AssociatedLimit.For(associated.Format), associated.Format);
        _limit?.Apply(associated, frame.Alpha.Samples);
        frame.ReplaceRendered(associated);
    }
}
