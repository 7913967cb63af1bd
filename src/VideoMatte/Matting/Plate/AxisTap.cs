namespace VideoMatte.Matting.Plate;

/// <summary>Where a bilinear sample lies on one axis: between two pixels, the edge repeated (ONNX Resize, linear, half_pixel).</summary>
/// <param name="First">Pixel at or before it.</param>
/// <param name="Second">Pixel after it.</param>
/// <param name="Share">Of the second pixel, 0..1.</param>
internal readonly record struct AxisTap(int First, int Second, double Share)
{
    /// <summary>The two samples of each of <paramref name="small"/> pixels, in order.</summary>
    public static AxisTap[] Line(int full, int small)
    {
        AxisTap[] taps = new AxisTap[2 * small];
        double step = (double)full / taps.Length;
        for (int i = 0; i < taps.Length; i++)
        {
            double at = Math.Clamp((i + 0.5) * step - 0.5, 0, full - 1);
            int first = (int)at;
            taps[i] = new AxisTap(first, Math.Min(first + 1, full - 1), at - first);
        }

        return taps;
    }
}
