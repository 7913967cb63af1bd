namespace VideoMatte.Evaluation.Synth;

/// <summary>Sine and cosine from basic IEEE operations only. <see cref="Math.Sin"/> is the platform's own and may differ in the last bit
/// from one machine to the next, and a clip drawn with it would then not be the same bit for bit.</summary>
internal static class Trigonometry
{
    private const double HalfTurns = 1 / Math.PI;

    /// <summary>Sine of an angle in radians; wrong by less than 1e-9 for angles up to 1e6.</summary>
    public static double Sin(double angle)
    {
        // To [-pi/2, pi/2] by whole half turns, each of which changes the sign; then the Taylor series up to x^13.
        double turns = Math.Floor((angle * HalfTurns) + 0.5);
        double x = angle - (turns * Math.PI), z = x * x;
        double series = x * (1 + (z * (-1.0 / 6 + (z * (1.0 / 120 + (z * (-1.0 / 5040 + (z * (1.0 / 362880
            + (z * (-1.0 / 39916800 + (z * (1.0 / 6227020800)))))))))))));
        return ((long)turns & 1) == 0 ? series : -series;
    }

    public static double Cos(double angle) => Sin(angle + (Math.PI / 2));
}
