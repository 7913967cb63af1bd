using VideoMatte.Frames;

namespace VideoMatte.Evaluation.Synth;

/// <summary>R'G'B' to Y'CbCr codes: E'Y = Kr R' + Kg G' + Kb B', Y = 16 + 219 E'Y, Cb = 128 + 224 (B' - E'Y) / (2 (1 - Kb)), Cr likewise
/// (ITU-R BT.709 items 3.2 to 3.5).</summary>
internal static class PictureCoder
{
    public static void Encode(SampleFrame source, VideoFrame target)
    {
        LumaCoefficients weights = LumaCoefficients.For(ColourMatrix.Bt709);
        double kr = weights.Kr, kg = weights.Kg, kb = weights.Kb;
        int width = source.Width, height = source.Height;
        var blue = new double[width * height];
        var red = new double[width * height];
        PlaneView<byte> luma = target.Plane8(0);
        for (int i = 0; i < blue.Length; i++)
        {
            double r = Unit(source.Composite(i, 0)), g = Unit(source.Composite(i, 1)), b = Unit(source.Composite(i, 2));
            double y = (kr * r) + (kg * g) + (kb * b);
            luma.Samples[i] = Code(16 + (219 * y));
            blue[i] = (b - y) / (2 * (1 - kb));
            red[i] = (r - y) / (2 * (1 - kr));
        }

        Halve(blue, width, height, target.Plane8(1));
        Halve(red, width, height, target.Plane8(2));
    }

    /// <summary>Left siting: [1 2 1]/4 across, centred on the even column, and the mean of two rows. Borders repeat.</summary>
    private static void Halve(double[] full, int width, int height, PlaneView<byte> half)
    {
        for (int y = 0; y < half.Height; y++)
        {
            ReadOnlySpan<double> upper = full.AsSpan(2 * y * width, width),
                lower = full.AsSpan(Math.Min((2 * y) + 1, height - 1) * width, width);
            Span<byte> row = half.Row(y);
            for (int x = 0; x < half.Width; x++)
            {
                int at = 2 * x, before = Math.Max(at - 1, 0), after = Math.Min(at + 1, width - 1);
                double sum = upper[before] + (2 * upper[at]) + upper[after] + lower[before] + (2 * lower[at]) + lower[after];
                row[x] = Code(128 + (224 * sum / 8));
            }
        }
    }

    private static double Unit(float value) => Math.Clamp((double)value, 0, 1);

    private static byte Code(double value) => (byte)Math.Floor(value + 0.5);
}
