using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Matting;

namespace VideoMatte.Pipelines;

/// <summary>A background of another light than the picture's (SDR behind PQ, HLG behind SDR), brought to it frame by frame.</summary>
internal sealed class LitBackground : IBackgroundSource, IInterruptible
{
    private readonly BackgroundFeed _inner;
    private readonly LightMatch _match;
    private readonly ForegroundPlanes _planes = new();
    private readonly VideoFrame _frame;
    private readonly AlphaMatte _nothing;
    private readonly float[] _rgb;
    private VideoFrame? _converted;

    /// <param name="inner">Gives G'B'R' frames of 16 bits at the picture's size; moves in.</param>
    /// <param name="match">From its light to the picture's.</param>
    /// <param name="format">Of the picture.</param>
    /// <param name="pool">Lends two frames.</param>
    public LitBackground(BackgroundFeed inner, LightMatch match, FrameFormat format, IFramePool pool)
    {
        (_inner, _match) = (inner, match);
        _frame = VideoFrame.Rent(pool, format, default);
        _nothing = AlphaMatte.Rent(pool, format.Width, format.Height);
        _nothing.Samples.Clear();
        _rgb = new float[3 * format.Width * format.Height];
    }

    /// <summary>What the inner feed's reader is asked for.</summary>
    public static FrameFormat ReadAs(FrameFormat format) => format with { Layout = PlaneLayout.Gbr, Depth = 16, Colour = ColourDescription.Rgb };

    public VideoFrame Next(MattedFrame frame)
    {
        VideoFrame shown = _inner.Next(frame);
        if (ReferenceEquals(shown, _converted))
            return _frame;
        int pixels = _rgb.Length / 3;
        Span<float> red = _rgb.AsSpan(0, pixels), green = _rgb.AsSpan(pixels, pixels), blue = _rgb.AsSpan(2 * pixels);
        Read(shown, 0, green);
        Read(shown, 1, blue);
        Read(shown, 2, red);
        _match.Apply(red, green, blue);
        // Where nothing is covered all samples are written from the colours: the frame stands in for a source.
        _planes.Write(_frame, _nothing, _rgb, _frame);
        _converted = shown;
        return _frame;
    }

    public void Reset()
    {
        _inner.Reset();
        _converted = null;
    }

    public void Interrupt() => _inner.Interrupt();

    public void Dispose()
    {
        _inner.Dispose();
        _frame.Dispose();
        _nothing.Dispose();
    }

    private static void Read(VideoFrame frame, int plane, Span<float> values)
    {
        ReadOnlySpan<ushort> codes = frame.Plane16(plane).Samples;
        for (int i = 0; i < values.Length; i++)
            values[i] = codes[i] * (1f / ushort.MaxValue);
    }
}
