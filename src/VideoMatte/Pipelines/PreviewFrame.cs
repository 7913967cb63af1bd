using VideoMatte.Frames;

namespace VideoMatte.Pipelines;

/// <summary>A frame of one look of a preview: of its run-up, or the one the look is at.</summary>
/// <param name="look">Counts the looks, repeated ones too.</param>
/// <param name="moment">Which moment it looks at.</param>
/// <param name="start">Where the look begins, on the source's own clock.</param>
/// <param name="isLast">The look ends with this frame.</param>
/// <param name="frame">Moves in.</param>
internal sealed class PreviewFrame(int look, int moment, Rational start, bool isLast, VideoFrame frame) : IDisposable
{
    private VideoFrame? _frame = frame;

    public int Look => look;

    public int Moment => moment;

    public Rational Start => start;

    public bool IsLast => isLast;

    /// <summary>Moves the frame out, once.</summary>
    public VideoFrame Take()
    {
        VideoFrame taken = _frame ?? throw new InvalidOperationException("The frame was taken before.");
        _frame = null;
        return taken;
    }

    public void Dispose() => _frame?.Dispose();
}
