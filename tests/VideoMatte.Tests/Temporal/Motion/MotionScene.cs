using VideoMatte.Frames;

namespace VideoMatte.Tests.Temporal.Motion;

/// <summary>Smooth texture without end, as a function of the place: samples of it at moved places are the same texture moved.</summary>
internal static class MotionScene
{
    public const int Width = 320, Height = 200;

    public static FrameFormat Format { get; } = new(Width, Height, PlaneLayout.Gray, 8, new ColourDescription(ColourMatrix.Unspecified, ColourRange.Full));

    /// <summary>Grey 0..255.</summary>
    public static double Ground(double x, double y) => 128 + (45 * Noise(x / 9, y / 9, 1)) + (70 * Noise(x / 31, y / 31, 2));

    /// <summary>Of another look.</summary>
    public static double Figure(double x, double y) => 150 + (45 * Noise(x / 8, y / 8, 3)) + (55 * Noise(x / 23, y / 23, 4));

    /// <summary>-1..1 at random at whole places, smooth between them.</summary>
    private static double Noise(double x, double y, int seed)
    {
        double left = Math.Floor(x), top = Math.Floor(y), shareX = Ease(x - left), shareY = Ease(y - top);
        double upper = At(left, top) + (shareX * (At(left + 1, top) - At(left, top))), lower = At(left, top + 1) + (shareX * (At(left + 1, top + 1) - At(left, top + 1)));
        return upper + (shareY * (lower - upper));

        double At(double column, double row)
        {
            uint hash = unchecked(((uint)(int)column * 374761393u) + ((uint)(int)row * 668265263u) + ((uint)seed * 2246822519u));
            hash = unchecked((hash ^ (hash >> 13)) * 1274126177u);
            return ((hash ^ (hash >> 16)) / (double)uint.MaxValue * 2) - 1;
        }

        static double Ease(double t) => t * t * (3 - (2 * t));
    }

    /// <summary>The caller owns it.</summary>
    public static VideoFrame Draw(IFramePool pool, long index, Func<int, int, double> grey)
    {
        VideoFrame frame = VideoFrame.Rent(pool, Format, new FrameTime(index, new Rational(index, 25), new Rational(1, 25)));
        Span<byte> samples = frame.Plane8(0).Samples;
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
                samples[(y * Width) + x] = (byte)Math.Clamp(Math.Round(grey(x, y)), 0, 255);
        return frame;
    }
}
