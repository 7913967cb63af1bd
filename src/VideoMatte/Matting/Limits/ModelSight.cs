namespace VideoMatte.Matting.Limits;

/// <summary>What a network has before it of each picture.</summary>
/// <param name="Height">Rows of the picture it is fed.</param>
/// <param name="LeastSubject">Rows of it under which a subject is too small for the network.</param>
public sealed record ModelSight(double Height, double LeastSubject)
{
    /// <summary>A recurrent network's subject of fewer rows has no limbs left.</summary>
    private const double LeastOfRecurrent = 24;

    /// <summary>The catalogue: still models fail on people under a quarter of the picture's height, which is their own picture's, however it
    /// was stretched. They are 513 rows high at most; larger networks see no less in as many rows.</summary>
    private const double LeastShareOfStill = .25, LeastOfStill = 513 * LeastShareOfStill;

    /// <param name="height">Rows of the full picture.</param>
    /// <param name="ratio">The downsample ratio.</param>
    public static ModelSight OfRecurrent(int height, double ratio) => new(height * ratio, LeastOfRecurrent);

    /// <param name="height">Rows the picture is stretched to.</param>
    public static ModelSight OfStill(int height) => new(height, Math.Min(LeastShareOfStill * height, LeastOfStill));
}
