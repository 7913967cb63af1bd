using System.Runtime.CompilerServices;

namespace VideoMatte.Compositing;

/// <summary>Means of 2 by 2 samples; at odd ends the last column or row counts twice.</summary>
internal static class SampleMeans
{
    /// <param name="samples">width x height, rows without padding.</param>
    /// <param name="width">1 or more.</param>
    /// <param name="height">1 or more.</param>
    /// <param name="result">(width + 1) / 2 x (height + 1) / 2.</param>
    public static void Halve<T>(ReadOnlySpan<T> samples, int width, int height, Span<float> result)
        where T : unmanaged
    {
        int columns = (width + 1) / 2;
        for (int y = 0; y < (height + 1) / 2; y++)
        {
            ReadOnlySpan<T> upper = samples.Slice(2 * y * width, width), lower = samples.Slice(Math.Min((2 * y) + 1, height - 1) * width, width);
            Span<float> row = result.Slice(y * columns, columns);
            for (int x = 0; x < width / 2; x++)
                row[x] = .25f * (Value(upper, 2 * x) + Value(upper, (2 * x) + 1) + (Value(lower, 2 * x) + Value(lower, (2 * x) + 1)));
            if (columns > width / 2)
                row[^1] = .5f * (Value(upper, width - 1) + Value(lower, width - 1));
        }
    }

    /// <summary>A sample of 8 or 16 bits or a float, as a float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Value<T>(ReadOnlySpan<T> samples, int index)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(samples[index]) : SampleOf.Code(samples, index);
}
