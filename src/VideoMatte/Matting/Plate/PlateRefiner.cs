using VideoMatte.Inference.Graphs;

namespace VideoMatte.Matting.Plate;

/// <summary>
/// From the small size to the picture's: the fast guided filter (He and Sun, "Fast guided filter", 2015) with the grey picture as guide, and the
/// foreground's colour from the compositing equation.
/// </summary>
internal static class PlateRefiner
{
    private const float Epsilon = 1e-3f;

    /// <summary>The estimates of thin and sheer parts lean towards too much; less than this is more often nothing.</summary>
    private const float LeastSure = 0.05f;

    public static GraphValue Alpha(GraphValue source, GraphValue small, GraphValue alpha, GraphValue size)
    {
        GraphValue guide = small.MeanOver(1);
        GraphValue guideMean = guide.BoxMean(3);
        GraphValue alphaMean = alpha.BoxMean(3);
        GraphValue variance = guide.Square().BoxMean(3) - guideMean.Square();
        GraphValue covariance = (guide * alpha).BoxMean(3) - guideMean * alphaMean;
        GraphValue slope = covariance / (variance + Epsilon);
        GraphValue level = alphaMean - slope * guideMean;
        GraphValue fine = slope.BoxMean(3).ResizeTo(size) * source.MeanOver(1) + level.BoxMean(3).ResizeTo(size);
        return fine.Ramp(LeastSure, 0.98f);
    }

    /// <summary>F = (I - (1 - a) B) / a, written as I + (1 - a)/a (I - B): where nothing of the subject is seen it stays the picture.</summary>
    public static GraphValue Foreground(GraphValue source, GraphValue background, GraphValue alpha, GraphValue size)
    {
        GraphValue excess = (1f - alpha) / alpha.Max(0.05f) * (alpha > 0f).ToFloat();
        return (source + excess * (source - background.ResizeTo(size))).Saturate();
    }
}
