using VideoMatte.Frames;
using VideoMatte.Tests.Compositing;

namespace VideoMatte.Tests.Temporal.Smoothing;

/// <summary>A speckled disc that runs over a speckled ground, with its exact alpha, seen through a shutter; a matte with an error that is
/// drawn anew in every frame.</summary>
internal sealed class SmoothingScene(double speed, double shutter)
{
    public const int Width = 320, Height = 180;
    public const double Radius = 40;

    /// <summary>Moments of an exposure that are averaged.</summary>
    private const int Moments = 16;

    private const int Grain = 9;

    private readonly byte[] _ground = Speckle(1), _figure = Speckle(2);

    public FrameFormat Format { get; } = Drawn.Yuv420(Width, Height);

    /// <summary>The disc's middle at a time in frames; it turns back at the borders, so that it can run for long.</summary>
    public static double CentreX(double time, double speed)
    {
        double way = Width - (2 * Radius) - 20, run = (time * speed) % (2 * way);
        return Radius + 10 + (run < way ? run : (2 * way) - run);
    }

    /// <summary>Exact alpha, averaged over the exposure, which ends at the frame's time.</summary>
    public double Truth(int frame, int x, int y)
    {
        double sum = 0;
        for (int m = 0; m < Moments; m++)
        {
            double dx = x - CentreX(frame - (shutter * (m + .5) / Moments), speed), dy = y - (Height / 2.0);
            sum += Math.Clamp(Radius + .5 - Math.Sqrt((dx * dx) + (dy * dy)), 0, 1);
        }

        return sum / Moments;
    }

    public ushort[] Truths(int frame) => [.. Enumerable.Range(0, Width * Height).Select(i => Code(Truth(frame, i % Width, i / Width)))];

    /// <summary>The picture with a matte whose edge is off by some tenths: noise of a few pixels' grain, other in every frame.</summary>
    public MattedFrame Frame(IFramePool pool, int frame, ushort[] truth, double noise)
    {
        VideoFrame picture = VideoFrame.Rent(pool, Format, Drawn.At(frame));
        picture.StartsShot = frame == 0;
        int shift = (int)Math.Round(CentreX(frame - (shutter / 2), speed));
        Span<byte> luma = picture.PlaneBytes(0);
        for (int i = 0; i < luma.Length; i++)
        {
            double a = truth[i] / 65535.0;
            byte figure = _figure[(i / Width * Width) + ((i + Width - shift) % Width)];
            luma[i] = (byte)Math.Round((a * figure) + ((1 - a) * _ground[i]));
        }

        picture.PlaneBytes(1).Fill(128);
        picture.PlaneBytes(2).Fill(128);
        AlphaMatte alpha = AlphaMatte.Rent(pool, Width, Height);
        Random random = new(1000 + frame);
        double[] grain = [.. Enumerable.Range(0, ((Width / 3) + 1) * ((Height / 3) + 1)).Select(_ => ((2 * random.NextDouble()) - 1) * noise)];
        for (int i = 0; i < truth.Length; i++)
        {
            double a = truth[i] / 65535.0, error = grain[(i / Width / 3 * ((Width / 3) + 1)) + (i % Width / 3)];
            alpha.Samples[i] = truth[i] is 0 or 65535 ? truth[i] : Code(Math.Clamp(a + error, 0, 1));
        }

        return new MattedFrame(picture, alpha);
    }

    private static ushort Code(double alpha) => (ushort)Math.Round(alpha * 65535);

    /// <summary>Grain of nine pixels, so that a quarter of the size still shows it, between a quarter and three quarters of the range.</summary>
    private static byte[] Speckle(int seed)
    {
        Random random = new(seed);
        byte[] coarse = new byte[((Width / Grain) + 2) * ((Height / Grain) + 2)];
        random.NextBytes(coarse);
        byte[] fine = new byte[Width * Height];
        int stride = (Width / Grain) + 2;
        for (int i = 0; i < fine.Length; i++)
        {
            int x = i % Width, y = i / Width, at = (y / Grain * stride) + (x / Grain);
            double u = x % Grain / (double)Grain, v = y % Grain / (double)Grain;
            double upper = coarse[at] + (u * (coarse[at + 1] - coarse[at])), lower = coarse[at + stride] + (u * (coarse[at + stride + 1] - coarse[at + stride]));
            fine[i] = (byte)(64 + ((upper + (v * (lower - upper))) / 2));
        }

        return fine;
    }
}
