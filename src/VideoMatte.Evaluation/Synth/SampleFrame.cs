using VideoMatte.Frames;

namespace VideoMatte.Evaluation.Synth;

/// <summary>One drawn frame with all that is true of it, display-referred, 0..1, before any rounding. Reused from frame to frame.
/// The picture is I = P + (1 - a) B + n: P the foreground premultiplied, a the alpha, B the background, n the sensor's noise; the noise
/// lies on foreground and background alike, so that I = a (P/a + n) + (1 - a) (B + n) holds exactly.</summary>
public sealed class SampleFrame
{
    public SampleFrame(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        Width = width;
        Height = height;
        Subject = new float[4 * width * height];
        Background = new float[3 * width * height];
        Noise = new float[3 * width * height];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>R, G, B premultiplied and alpha of each pixel, row after row.</summary>
    public float[] Subject { get; }

    /// <summary>R, G, B of each pixel.</summary>
    public float[] Background { get; }

    /// <summary>R, G, B of each pixel, to be added to foreground and background.</summary>
    public float[] Noise { get; }

    public float Alpha(int pixel) => Subject[(4 * pixel) + 3];

    /// <summary>Colour of the composite, 0..1 (noise can carry it a little over).</summary>
    public float Composite(int pixel, int channel) =>
        Subject[(4 * pixel) + channel] + ((1 - Subject[(4 * pixel) + 3]) * Background[(3 * pixel) + channel])
            + Noise[(3 * pixel) + channel];

    /// <summary>The true matte.</summary>
    /// <param name="matte">Of this size.</param>
    public void CopyAlphaTo(AlphaMatte matte)
    {
        ArgumentNullException.ThrowIfNull(matte);
        if (matte.Width != Width || matte.Height != Height)
            throw new ArgumentException("the matte has another size than the frame", nameof(matte));
        Span<ushort> samples = matte.Samples;
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (ushort)((Math.Clamp(Alpha(i), 0, 1) * AlphaMatte.Opaque) + 0.5f);
    }

    /// <summary>The composite as BT.709 Y'CbCr of limited range, 4:2:0 sited left, 8 bits, rounded to the nearest.</summary>
    /// <param name="frame">Of this size and that format.</param>
    public void CopyPictureTo(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        FrameFormat format = frame.Format;
        if (format.Width != Width || format.Height != Height || format.Layout != PlaneLayout.Yuv420 || format.Depth != 8)
            throw new ArgumentException("the frame is not 8-bit 4:2:0 of this size", nameof(frame));
        PictureCoder.Encode(this, frame);
    }
}
