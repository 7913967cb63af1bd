using VideoMatte.Frames;

namespace VideoMatte.Evaluation.Metrics;

/// <summary>How far a matte is from the true one, a frame at a time, in the units of Robust Video Matting's evaluation (Lin et al. 2021,
/// table 1). Whole frame, no trimap. Sums are exact: that evaluation's 32-bit floats on 8-bit files (code 257 v here) differ by about 1e-5
/// of the figure.</summary>
public static class MatteMetrics
{
    private const double Thousandths = 1e3, Hundredths = 1e2, Full = AlphaMatte.Opaque;

    /// <summary>Mean absolute difference, 10^3 mean |a - g|: 0 to 1000, 0 is equal.</summary>
    /// <param name="prediction">Codes 0..65535.</param>
    /// <param name="truth">As many codes.</param>
    /// <exception cref="ArgumentException">The counts differ or are zero.</exception>
    public static double Mad(ReadOnlySpan<ushort> prediction, ReadOnlySpan<ushort> truth)
    {
        RequireEqualCounts(prediction, truth);
        return Thousandths * CodeSums.Absolute(prediction, truth) / Full / truth.Length;
    }

    /// <summary>Mean square difference, 10^3 mean (a - g)^2: 0 to 1000, 0 is equal.</summary>
    /// <inheritdoc cref="Mad" path="/param"/>
    /// <inheritdoc cref="Mad" path="/exception"/>
    public static double Mse(ReadOnlySpan<ushort> prediction, ReadOnlySpan<ushort> truth)
    {
        RequireEqualCounts(prediction, truth);
        return Thousandths * CodeSums.Square(prediction, truth) / (Full * Full) / truth.Length;
    }

    /// <summary>How differently two mattes change from one frame to the next (Erofeev et al. 2015), 10^2 sqrt(mean ((a_t - a_(t-1)) -
    /// (g_t - g_(t-1)))^2): 0 to 200, 0 is equal change. A clip's first frame counts as 0.</summary>
    /// <param name="prediction">Codes 0..65535 of frame t.</param>
    /// <param name="predictionBefore">Of frame t - 1; as many.</param>
    /// <param name="truth">Of frame t; as many.</param>
    /// <param name="truthBefore">Of frame t - 1; as many.</param>
    /// <inheritdoc cref="Mad" path="/exception"/>
    public static double DtSsd(
        ReadOnlySpan<ushort> prediction, ReadOnlySpan<ushort> predictionBefore, ReadOnlySpan<ushort> truth, ReadOnlySpan<ushort> truthBefore)
    {
        RequireEqualCounts(prediction, truth);
        RequireEqualCounts(predictionBefore, truthBefore);
        RequireEqualCounts(prediction, truthBefore);
        return Hundredths * Math.Sqrt(CodeSums.ChangeSquare(prediction, predictionBefore, truth, truthBefore) / (Full * Full) / truth.Length);
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
