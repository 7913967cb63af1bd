using VideoMatte.Frames;

namespace VideoMatte.Testing;

/// <summary>A drawn scene whose matte is known: a bright disc with a soft rim, two samples wide, runs over a gradient.</summary>
public static class MovingDisc
{
    /// <summary>Full-size coverage of the disc at (<paramref name="x"/>, <paramref name="y"/>) in frame <paramref name="index"/>, 0..65535.</summary>
    public static ushort Alpha(int width, int height, long index, int x, int y)
    {
        double radius = Math.Min(width, height) / 4.0;
        double centreX = (index * 3 % Math.Max(width, 1)) + 0.5, centreY = height / 2.0;
        double distance = Math.Sqrt(Square(x + 0.5 - centreX) + Square(y + 0.5 - centreY));
        return (ushort)Math.Round(Math.Clamp((radius + 1 - distance) / 2, 0, 1) * AlphaMatte.Opaque);
    }

    /// <summary>The matte of a frame of this size; the caller owns it.</summary>
    public static AlphaMatte Matte(IFramePool pool, int width, int height, long index)
    {
        AlphaMatte alpha = AlphaMatte.Rent(pool, width, height);
        Span<ushort> samples = alpha.Samples;
        for (int i = 0; i < samples.Length; i++)
            samples[i] = Alpha(width, height, index, i % width, i / width);
        return alpha;
    }

    /// <summary>The picture, in any format; the caller owns it.</summary>
    public static VideoFrame Picture(IFramePool pool, FrameFormat format, FrameTime time)
    {
        VideoFrame frame = VideoFrame.Rent(pool, format, time);
        for (int plane = 0; plane < format.PlaneCount; plane++)
        {
            int width = format.PlaneWidth(plane), height = format.PlaneHeight(plane), low = format.BlackCode, high = format.MaxCode * 9 / 10;
            for (int i = 0; i < width * height; i++)
            {
                int x = i % width, y = i / width;
                int ground = low + ((high - low) / 2 * (x + y + plane) / (width + height + plane));
                int code = ground + ((high - ground) * Alpha(width, height, time.Index, x, y) / AlphaMatte.Opaque);
                if (format.BytesPerSample == 1)
                    frame.Plane8(plane).Samples[i] = (byte)code;
                else
                    frame.Plane16(plane).Samples[i] = (ushort)code;
            }
        }

        return frame;
    }

    /// <summary>Picture and matte together; the caller owns them.</summary>
    public static MattedFrame Matted(IFramePool pool, FrameFormat format, FrameTime time) =>
        new(Picture(pool, format, time), Matte(pool, format.Width, format.Height, time.Index));

    private static double Square(double value) => value * value;
}
