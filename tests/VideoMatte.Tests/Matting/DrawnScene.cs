namespace VideoMatte.Tests.Matting;

/// <summary>A textured, noisy room seen by a fixed camera, and a striped disc with a soft edge that crosses it; the alpha is exact.</summary>
internal sealed class DrawnScene
{
    public const int Width = 160;
    public const int Height = 96;
    private const double Radius = 20;
    private const double Noise = 1.5 / 255;

    private readonly float[] _room = new float[3 * Width * Height];
    private readonly Random _random = new(11);

    public DrawnScene()
    {
        // Waves of several lengths and directions: texture at every scale, no period in common.
        for (int c = 0; c < 3; c++)
            for (int y = 0; y < Height; y++)
                for (int x = 0; x < Width; x++)
                {
                    double slow = Math.Sin(x * 0.05 + c) + Math.Sin(y * 0.07 + 2 * c);
                    double fine = Math.Sin(x * 0.9 + y * 0.4 + c) + Math.Sin(x * 0.31 - y * 0.77 + 3 * c);
                    _room[(c * Height + y) * Width + x] = (float)(0.5 + 0.08 * slow + 0.05 * fine);
                }
    }

    /// <summary>The empty room without noise.</summary>
    public float[] Room => [.. _room];

    /// <summary>Column of the disc's centre when it walks to and fro across the picture in <paramref name="period"/> frames.</summary>
    public static double Walk(int frame, int period) => Width / 2.0 + (Width / 2.0 + Radius) * Math.Sin(2 * Math.PI * frame / period);

    /// <summary>One frame and its true alpha, under a gain of light; a centre far outside leaves the room empty.</summary>
    public (float[] Rgb, float[] Alpha) Draw(double centre, double light = 1)
    {
        float[] rgb = new float[3 * Width * Height];
        float[] alpha = new float[Width * Height];
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
            {
                double distance = Math.Sqrt(Math.Pow(x - centre, 2) + Math.Pow(y - Height / 2.0, 2));
                double a = Math.Clamp((Radius + 2 - distance) / 4, 0, 1);
                alpha[y * Width + x] = (float)a;
                for (int c = 0; c < 3; c++)
                {
                    int at = (c * Height + y) * Width + x;
                    double cloth = (c == 0 ? 0.85 : 0.1) + 0.08 * Math.Sin((x - centre) * 0.5);
                    double noise = Noise * (_random.NextDouble() + _random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 2) * Math.Sqrt(3);
                    rgb[at] = (float)Math.Clamp(light * (a * cloth + (1 - a) * _room[at]) + noise, 0, 1);
                }
            }

        return (rgb, alpha);
    }

    public static double MeanDifference(float[] a, float[] b) => a.Zip(b, (p, q) => Math.Abs((double)p - q)).Average();
}
