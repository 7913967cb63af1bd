using VideoMatte.Frames;

namespace VideoMatte.Benchmarks.Compositing;

/// <summary>A figure of head and shoulders with a soft, wavy outline over noise: 1920 x 1080, 4:2:0, 8 bits; a third of it is
/// covered.</summary>
internal static class Scene1080p
{
    public static FrameFormat Format { get; } = new(1920, 1080, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited);

    public static MattedFrame Matted(IFramePool pool)
    {
        VideoFrame picture = VideoFrame.Rent(pool, Format, default);
        new Random(1).NextBytes(picture.Bytes);
        AlphaMatte alpha = AlphaMatte.Rent(pool, Format.Width, Format.Height);
        for (int y = 0; y < alpha.Height; y++)
        {
            for (int x = 0; x < alpha.Width; x++)
            {
                double body = Distance((x - 960) / 380.0, (y - 700) / (520 + (40 * Math.Sin(x * 0.05))));
                double head = Distance((x - 960) / 190.0, (y - 260) / 220.0);
                alpha.Row(y)[x] = (ushort)(AlphaMatte.Opaque * Math.Clamp(((1 - Math.Min(body, head)) * 40) + 0.5, 0, 1));
            }
        }

        return new MattedFrame(picture, alpha);
    }

    private static double Distance(double x, double y) => Math.Sqrt((x * x) + (y * y));
}
