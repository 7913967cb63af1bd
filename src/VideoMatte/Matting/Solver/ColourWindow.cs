namespace VideoMatte.Matting.Solver;

/// <summary>Colours of 3 x 3 pixels, and how alike two of them are in the window's own measure.</summary>
/// <param name="epsilon">Regularises windows of one colour.</param>
internal sealed class ColourWindow(double epsilon)
{
    private const int Pixels = 9;

    private readonly double[] _r = new double[Pixels];
    private readonly double[] _g = new double[Pixels];
    private readonly double[] _b = new double[Pixels];

    /// <summary>Differences from the mean, times the inverse covariance.</summary>
    private readonly double[] _wr = new double[Pixels];
    private readonly double[] _wg = new double[Pixels];
    private readonly double[] _wb = new double[Pixels];

    /// <param name="rgb">The planes R, G, B.</param>
    /// <param name="centre">The middle pixel, not on the border.</param>
    /// <param name="width">Pixels in a row.</param>
    public void Read(ReadOnlySpan<float> rgb, int centre, int width)
    {
        int plane = rgb.Length / 3;
        double r = Take(rgb[..plane], centre, width, _r), g = Take(rgb.Slice(plane, plane), centre, width, _g), b = Take(rgb[(2 * plane)..], centre, width, _b);
        double rr = 0, rg = 0, rb = 0, gg = 0, gb = 0, bb = 0;
        for (int i = 0; i < Pixels; i++)
        {
            double dr = _r[i] -= r, dg = _g[i] -= g, db = _b[i] -= b;
            rr += dr * dr;
            rg += dr * dg;
            rb += dr * db;
            gg += dg * dg;
            gb += dg * db;
            bb += db * db;
        }

        rr = (rr + epsilon) / Pixels;
        gg = (gg + epsilon) / Pixels;
        bb = (bb + epsilon) / Pixels;
        (rg, rb, gb) = (rg / Pixels, rb / Pixels, gb / Pixels);
        // The inverse of a symmetric 3 x 3 matrix by its cofactors.
        double c00 = (gg * bb) - (gb * gb), c01 = (rb * gb) - (rg * bb), c02 = (rg * gb) - (rb * gg);
        double c11 = (rr * bb) - (rb * rb), c12 = (rg * rb) - (rr * gb), c22 = (rr * gg) - (rg * rg);
        double scale = 1 / ((rr * c00) + (rg * c01) + (rb * c02));
        for (int i = 0; i < Pixels; i++)
        {
            _wr[i] = ((c00 * _r[i]) + (c01 * _g[i]) + (c02 * _b[i])) * scale;
            _wg[i] = ((c01 * _r[i]) + (c11 * _g[i]) + (c12 * _b[i])) * scale;
            _wb[i] = ((c02 * _r[i]) + (c12 * _g[i]) + (c22 * _b[i])) * scale;
        }
    }

    /// <summary>(1 + (I_a - m)' C^-1 (I_b - m)) / 9.</summary>
    public double Affinity(int a, int b) => (1 + (_r[a] * _wr[b]) + (_g[a] * _wg[b]) + (_b[a] * _wb[b])) / Pixels;

    private static double Take(ReadOnlySpan<float> plane, int centre, int width, double[] values)
    {
        double sum = 0;
        for (int i = 0; i < Pixels; i++)
            sum += values[i] = plane[centre + (((i / 3) - 1) * width) + (i % 3) - 1];
        return sum / Pixels;
    }
}
