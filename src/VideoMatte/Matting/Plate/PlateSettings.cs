namespace VideoMatte.Matting.Plate;

/// <summary>
/// The constants of the plate model. Colours are display-referred 0..1 in the plate's own light; times are in frames, and seconds in the
/// comments assume 25 frames a second.
/// </summary>
internal static class PlateSettings
{
    /// <summary>Colours remembered a pixel. Two would do for plate and subject; the third keeps a rare visitor from pushing one of them out.</summary>
    public const int Modes = 3;

    /// <summary>Numbers in the fourth state.</summary>
    public const int LightValues = 6;

    /// <summary>
    /// Largest weight (frames of evidence) of a mode: 30 s. The plate is the colour seen most, so what stands still becomes plate once it was
    /// seen as long as the plate behind it, and after this many frames at the latest; a seeded plate starts here.
    /// </summary>
    public const float WeightCap = 750f;

    /// <summary>What a frame without sight of it takes from a mode: a passer-by is forgotten in time, a plate at its cap outlasts minutes unseen.</summary>
    public const float Forgetting = 0.025f;

    /// <summary>Smallest share of a frame in the running mean and variance: a time constant of 20 frames, which follows slow changes of light.</summary>
    public const float LearningFloor = 0.05f;

    /// <summary>A pixel is of a mode when its mean squared distance is under this many variances: 3 sigma.</summary>
    public const float MatchDistance = 9f;

    /// <summary>Standard deviation of a mode seen once.</summary>
    public const float FirstSigma = 5f / 255f;

    /// <summary>Smallest standard deviation: the rounding of 8-bit video and a quiet sensor.</summary>
    public const float LeastSigma = 1.5f / 255f;

    /// <summary>Largest standard deviation: above, the plate would swallow subjects.</summary>
    public const float MostSigma = 12f / 255f;
}
