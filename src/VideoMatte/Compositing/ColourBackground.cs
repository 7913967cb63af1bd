using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>One colour everywhere, in the frame's own matrix, range and depth.</summary>
public sealed class ColourBackground(RgbColour colour, IFramePool pool) : IBackgroundSource
{
    private VideoFrame? _frame;

    public VideoFrame Next(MattedFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (_frame is not null && _frame.Format == frame.Picture.Format)
            return _frame;
        PlaneCodes codes = PlaneCodes.Of(colour, frame.Picture.Format);
        _frame?.Dispose();
        _frame = VideoFrame.Rent(pool, frame.Picture.Format, default);
        codes.Fill(_frame);
        return _frame;
    }

    /// <summary>A colour has no beginning: nothing to do.</summary>
    public void Reset()
    {
    }

    public void Dispose()
    {
        _frame?.Dispose();
        _frame = null;
    }
}
