using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>One colour everywhere, in the frame's own matrix, range and depth.</summary>
/// <param name="colour">As written, for an SDR display.</param>
/// <param name="pool">Lends one frame.</param>
/// <param name="light">Brings R', G' and B' (0..1) to a frame's transfer and primaries; null: they are taken as they are.</param>
public sealed class ColourBackground(RgbColour colour, IFramePool pool, Func<FrameFormat, (double R, double G, double B), (double R, double G, double B)>? light = null)
    : IBackgroundSource
{
    private VideoFrame? _frame;

    public VideoFrame Next(MattedFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (_frame is not null && _frame.Format == frame.Picture.Format)
            return _frame;
        (double R, double G, double B) codesOfRgb = (colour.R / 255.0, colour.G / 255.0, colour.B / 255.0);
        if (light is not null)
            codesOfRgb = light(frame.Picture.Format, codesOfRgb);
        PlaneCodes codes = PlaneCodes.Of(codesOfRgb.R, codesOfRgb.G, codesOfRgb.B, frame.Picture.Format);
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
