using VideoMatte.Frames;
using Xunit;

namespace VideoMatte.Tests.Compositing;

/// <summary>Frames and mattes drawn for these tests.</summary>
internal static class Drawn
{
    /// <summary>Every layout at 8, 10 and 16 bits, both ranges, odd and even sizes, every siting 4:2:0 knows.</summary>
    public static IEnumerable<object[]> Formats()
    {
        foreach (PlaneLayout layout in Enum.GetValues<PlaneLayout>())
            foreach (int depth in new[] { 8, 10, 16 })
                foreach ((int width, int height) in new[] { (70, 42), (37, 23), (1, 1) })
                {
                    ColourRange range = depth == 10 ? ColourRange.Full : ColourRange.Limited;
                    yield return [new FrameFormat(width, height, layout, depth, Colour(layout, range))];
                }

        foreach (ChromaSiting siting in Enum.GetValues<ChromaSiting>())
            yield return [new FrameFormat(75, 41, PlaneLayout.Yuv420, 8, ColourDescription.Bt709Limited with { Siting = siting })];
    }

    public static ColourDescription Colour(PlaneLayout layout, ColourRange range) =>
        layout == PlaneLayout.Gbr ? ColourDescription.Rgb : ColourDescription.Bt709Limited with { Range = range };

    public static FrameFormat Yuv420(int width, int height, int depth = 8) =>
        new(width, height, PlaneLayout.Yuv420, depth, ColourDescription.Bt709Limited);

    public static FrameFormat Rgb(int width, int height, int depth = 8) =>
        new(width, height, PlaneLayout.Gbr, depth, ColourDescription.Rgb);

    public static FrameTime At(long index) => new(index, new Rational(index, 25), new Rational(1, 25));

    public static VideoFrame Noise(IFramePool pool, FrameFormat format, int seed)
    {
        VideoFrame frame = VideoFrame.Rent(pool, format, At(seed));
        Random random = new(seed);
        for (int plane = 0; plane < format.PlaneCount; plane++)
            for (int i = 0; i < format.PlaneWidth(plane) * format.PlaneHeight(plane); i++)
                Set(frame, plane, i, random.Next(8) == 0 ? random.Next(2) * format.MaxCode : random.Next(format.MaxCode + 1));
        return frame;
    }

    /// <summary>One code a plane everywhere.</summary>
    public static VideoFrame Flat(IFramePool pool, FrameFormat format, params int[] codes)
    {
        VideoFrame frame = VideoFrame.Rent(pool, format, At(0));
        for (int plane = 0; plane < format.PlaneCount; plane++)
            for (int i = 0; i < format.PlaneWidth(plane) * format.PlaneHeight(plane); i++)
                Set(frame, plane, i, codes[plane]);
        return frame;
    }

    /// <summary>A third 0, a third full, the rest between.</summary>
    public static AlphaMatte NoiseAlpha(IFramePool pool, int width, int height, int seed)
    {
        AlphaMatte alpha = AlphaMatte.Rent(pool, width, height);
        Random random = new(seed);
        foreach (ref ushort a in alpha.Samples)
            a = random.Next(3) switch { 0 => 0, 1 => ushort.MaxValue, _ => (ushort)random.Next(65536) };
        return alpha;
    }

    public static AlphaMatte FlatAlpha(IFramePool pool, int width, int height, ushort value)
    {
        AlphaMatte alpha = AlphaMatte.Rent(pool, width, height);
        alpha.Samples.Fill(value);
        return alpha;
    }

    /// <summary>A disc whose edge falls off over <paramref name="soft"/> pixels.</summary>
    public static AlphaMatte Disc(IFramePool pool, int width, int height, double x, double y, double radius, double soft)
    {
        AlphaMatte alpha = AlphaMatte.Rent(pool, width, height);
        for (int row = 0; row < height; row++)
            for (int column = 0; column < width; column++)
            {
                double distance = Math.Sqrt(((column - x) * (column - x)) + ((row - y) * (row - y)));
                alpha.Samples[(row * width) + column] = (ushort)Math.Round(Math.Clamp((radius - distance) / soft, 0, 1) * 65535);
            }

        return alpha;
    }

    public static int Get(VideoFrame frame, int plane, int index) =>
        frame.Format.BytesPerSample == 1 ? frame.PlaneBytes(plane)[index] : frame.Plane16(plane).Samples[index];

    public static int Get(VideoFrame frame, int plane, int x, int y) => Get(frame, plane, (y * frame.Format.PlaneWidth(plane)) + x);

    public static void Set(VideoFrame frame, int plane, int index, int code)
    {
        if (frame.Format.BytesPerSample == 1)
            frame.PlaneBytes(plane)[index] = (byte)code;
        else
            frame.Plane16(plane).Samples[index] = (ushort)code;
    }

    /// <summary>Runs one frame through a stage that holds none back.</summary>
    public static MattedFrame Through(MattedStage stage, MattedFrame frame)
    {
        Queue<MattedFrame> ready = new();
        stage.Process(frame, ready);
        return Assert.Single(ready);
    }
}
