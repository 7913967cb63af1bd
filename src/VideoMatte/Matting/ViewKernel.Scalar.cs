namespace VideoMatte.Matting;

internal static partial class ViewKernel
{
    internal static void ScaleScalar<T>(ReadOnlySpan<T> codes, float offset, float factor, Span<float> output, int from = 0)
        where T : unmanaged
    {
        for (int x = from; x < output.Length; x++)
            output[x] = Unit<T>((SampleVectors.Widen(codes[x]) - offset) * factor);
    }

    internal static void BlendScalar<T>(
        ReadOnlySpan<T> near, ReadOnlySpan<T> far, float nearWeight, float neutral, Span<float> output, int from = 0)
        where T : unmanaged
    {
        for (int x = from; x < output.Length; x++)
            output[x] = (SampleVectors.Widen(near[x]) * nearWeight) + (SampleVectors.Widen(far[x]) * (1 - nearWeight)) - neutral;
    }

    internal static void SpreadLeftScalar(ReadOnlySpan<float> half, Span<float> full, int from = 0)
    {
        for (int i = from; i < half.Length; i++)
        {
            full[2 * i] = half[i];
            if ((2 * i) + 1 < full.Length)
                full[(2 * i) + 1] = (half[i] + half[Math.Min(i + 1, half.Length - 1)]) * .5f;
        }
    }

    internal static void SpreadCentreScalar(ReadOnlySpan<float> half, Span<float> full, int from = 0, int to = int.MaxValue)
    {
        for (int i = from; i < Math.Min(half.Length, to); i++)
        {
            float own = half[i] * .75f;
            full[2 * i] = own + (half[Math.Max(i - 1, 0)] * .25f);
            if ((2 * i) + 1 < full.Length)
                full[(2 * i) + 1] = own + (half[Math.Min(i + 1, half.Length - 1)] * .25f);
        }
    }

    internal static void ToRgbScalar<T>(
        ReadOnlySpan<T> luma, ReadOnlySpan<float> cb, ReadOnlySpan<float> cr, in Factors f,
        Span<float> r, Span<float> g, Span<float> b, int from = 0)
        where T : unmanaged
    {
        for (int x = from; x < luma.Length; x++)
        {
            float y = (SampleVectors.Widen(luma[x]) - f.Black) * f.Luma;
            r[x] = Unit<T>(y + ((cb[x] * f.Cb.R) + (cr[x] * f.Cr.R)));
            g[x] = Unit<T>(y + ((cb[x] * f.Cb.G) + (cr[x] * f.Cr.G)));
            b[x] = Unit<T>(y + ((cb[x] * f.Cb.B) + (cr[x] * f.Cr.B)));
        }
    }

    private static float Unit<T>(float value)
        where T : unmanaged
    {
        value = MathF.Min(MathF.Max(value, 0), 1);
        return typeof(T) == typeof(byte) ? (int)((value * Steps) + .5f) * (1 / Steps) : value;
    }
}
