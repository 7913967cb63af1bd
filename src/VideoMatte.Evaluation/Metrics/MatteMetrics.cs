using VideoMatte.Frames;

namespace VideoMatte.Evaluation.Metrics;

/// <summary>How far a matte is from the true one, a frame at a time, in the units of Robust Video Matting's evaluation (Lin et al. 2021,
/// table 1): thousandths. Whole frame, no trimap; sums in double.</summary>
public static class MatteMetrics
{
    private const double Thousandths = 1e3;

    /// <summary>Mean absolute difference, 10^3 mean |a - g|: 0 to 1000, 0 is equal.</summary>
    /// <param name="prediction">Codes 0..65535.</param>
    /// <param name="truth">As many codes.</param>
    /// <exception cref="ArgumentException">The counts differ or are zero.</exception>
    public static double Mad(ReadOnlySpan<ushort> prediction, ReadOnlySpan<ushort> truth)
    {
        RequireEqualCounts(prediction, truth);
        long sum = 0;
        for (int i = 0; i < truth.Length; i++)
            sum += Math.Abs(prediction[i] - truth[i]);
        return Thousandths * sum / AlphaMatte.Opaque / truth.Length;
    }

    /// <summary>Mean square difference, 10^3 mean (a - g)^2: 0 to 1000, 0 is equal.</summary>
    /// <inheritdoc cref="Mad" path="/param"/>
    /// <inheritdoc cref="Mad" path="/exception"/>
    public static double Mse(ReadOnlySpan<ushort> prediction, ReadOnlySpan<ushort> truth)
    {
        RequireEqualCounts(prediction, truth);
        double sum = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            double difference = prediction[i] - truth[i];
            sum += difference * difference;
        }

        return Thousandths * sum / ((double)AlphaMatte.Opaque * AlphaMatte.Opaque) / truth.Length;
    }

    /// <summary><see cref="Mad"/> over the pixels of the true band alone.</summary>
    /// <param name="prediction">Codes 0..65535.</param>
    /// <param name="truth">As many codes.</param>
    /// <param name="low">The band is where the true alpha is over this and under <paramref name="high"/>, both 0..1.</param>
    /// <param name="high">See <paramref name="low"/>.</param>
    /// <returns>Null where the truth has no pixel in the band.</returns>
    /// <exception cref="ArgumentException">The counts differ or are zero.</exception>
    public static double? BandMad(ReadOnlySpan<ushort> prediction, ReadOnlySpan<ushort> truth, double low, double high)
    {
        RequireEqualCounts(prediction, truth);
        double lowCode = low * AlphaMatte.Opaque, highCode = high * AlphaMatte.Opaque;
        long sum = 0, count = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            if (truth[i] <= lowCode || truth[i] >= highCode)
                continue;
            sum += Math.Abs(prediction[i] - truth[i]);
            count++;
        }

        return count == 0 ? null : Thousandths * sum / AlphaMatte.Opaque / count;
    }

    private static void RequireEqualCounts(ReadOnlySpan<ushort> prediction, ReadOnlySpan<ushort> truth)
    {
        if (prediction.Length != truth.Length || truth.IsEmpty)
            throw new ArgumentException("prediction and truth are not two mattes of one size", nameof(prediction));
    }
}
