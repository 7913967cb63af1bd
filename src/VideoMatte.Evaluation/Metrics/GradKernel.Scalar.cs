using VideoMatte.Frames;

namespace VideoMatte.Evaluation.Metrics;

internal static partial class GradKernel
{
    internal static void AcrossScalar(ReadOnlySpan<float> padded, Span<float> smooth, Span<float> slope, int from)
    {
        for (int i = from; i < smooth.Length; i++)
        {
            float sum = Smooth[0] * padded[i + Half], difference = 0;
            for (int k = 1; k <= Half; k++)
            {
                float before = padded[i + Half - k], after = padded[i + Half + k];
                sum += Smooth[k] * (before + after);
                difference += Slope[k] * (before - after);
            }

            smooth[i] = sum;
            slope[i] = difference;
        }
    }

    internal static void DownScalar(ReadOnlySpan<float> smooth, ReadOnlySpan<float> slope, ReadOnlySpan<int> rows, Span<float> lengths, int from)
    {
        for (int i = from; i < lengths.Length; i++)
        {
            float x = Smooth[0] * slope[rows[Half] + i], y = 0;
            for (int k = 1; k <= Half; k++)
            {
                int above = rows[Half - k] + i, below = rows[Half + k] + i;
                x += Smooth[k] * (slope[above] + slope[below]);
                y += Slope[k] * (smooth[above] - smooth[below]);
            }

            lengths[i] = MathF.Sqrt((x * x) + (y * y));
        }
    }

    internal static double SquaredDifferenceScalar(ReadOnlySpan<float> lengths, float scale, ReadOnlySpan<float> others, float otherScale)
    {
        double sum = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            float difference = (scale * lengths[i]) - (otherScale * others[i]);
            sum += difference * difference;
        }

        return sum;
    }

    internal static (float Least, float Greatest) ExtremesScalar(ReadOnlySpan<float> values, float least, float greatest)
    {
        foreach (float value in values)
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
        return (least, greatest);
    }

    internal static void ToUnitScalar(ReadOnlySpan<ushort> codes, Span<float> unit, int from)
    {
        for (int i = from; i < unit.Length; i++)
            unit[i] = codes[i] / (float)AlphaMatte.Opaque;
    }
}
