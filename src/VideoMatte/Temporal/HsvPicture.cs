namespace VideoMatte.Temporal;

/// <summary>Hue, saturation and value as OpenCV's 8-bit conversion counts them: V = max, S = 255 (max - min) / max, H in half degrees,
/// 0..179.</summary>
internal static class HsvPicture
{
    private const int Shift = 12;

    private static readonly int[] SaturationOf = [.. Enumerable.Range(0, 256).Select(max => Reciprocal(255, max))];

    private static readonly int[] HueOf = [.. Enumerable.Range(0, 256).Select(range => Reciprocal(30, range))];

    /// <summary>Replaces R, G, B by H, S, V, in place.</summary>
    /// <remarks>OpenCV divides by multiplying with reciprocals rounded at 12 bits; done the same way, so that its threshold means here what
    /// it means there.</remarks>
    public static void FromRgb(Span<byte> pixels)
    {
        for (int i = 0; i + 2 < pixels.Length; i += 3)
        {
            int r = pixels[i], g = pixels[i + 1], b = pixels[i + 2];
            int max = Math.Max(r, Math.Max(g, b)), range = max - Math.Min(r, Math.Min(g, b));
            int hue = max == r ? g - b : max == g ? b - r + (2 * range) : r - g + (4 * range);
            int saturation = ((range * SaturationOf[max]) + (1 << (Shift - 1))) >> Shift;
            hue = ((hue * HueOf[range]) + (1 << (Shift - 1))) >> Shift;
            pixels[i] = (byte)(hue < 0 ? hue + 180 : hue);
            pixels[i + 1] = (byte)saturation;
            pixels[i + 2] = (byte)max;
        }
    }

    private static int Reciprocal(int numerator, int divisor) =>
        divisor == 0 ? 0 : (int)Math.Round((double)(numerator << Shift) / divisor, MidpointRounding.ToEven);
}
