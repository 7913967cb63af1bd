namespace VideoMatte.Evaluation.Metrics;

/// <summary>What a frame scores, or a clip in the mean of its frames. Less is better in all of them, 0 is equal.</summary>
/// <param name="Mad">10^3 mean |a - g|, see <see cref="MatteMetrics.Mad"/>.</param>
/// <param name="Mse">10^3 mean (a - g)^2, see <see cref="MatteMetrics.Mse"/>.</param>
/// <param name="Grad">See <see cref="GradMetric"/>.</param>
/// <param name="DtSsd">See <see cref="MatteMetrics.DtSsd"/>; 0 for a clip's first frame, which counts.</param>
public readonly record struct MatteFigures(double Mad, double Mse, double Grad, double DtSsd)
{
    /// <summary>Frames that a mean over several clips counts, from the first: as Robust Video Matting's evaluation does.</summary>
    public const int FramesInMeanOfClips = 700;

    /// <summary>The plain mean.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static MatteFigures Mean(IEnumerable<MatteFigures> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        MatteFigures sum = default;
        int count = 0;
        foreach (MatteFigures one in figures)
        {
            sum = new(sum.Mad + one.Mad, sum.Mse + one.Mse, sum.Grad + one.Grad, sum.DtSsd + one.DtSsd);
            count++;
        }

        return count > 0
            ? new(sum.Mad / count, sum.Mse / count, sum.Grad / count, sum.DtSsd / count)
            : throw new ArgumentException("a mean over no frames", nameof(figures));
    }

    /// <summary>The mean over several clips as Robust Video Matting's evaluation takes it: for each frame index over the clips that have such a
    /// frame, then over the first <see cref="FramesInMeanOfClips"/> indices. Of clips of equal length the plain mean.</summary>
    /// <param name="clips">The figures of each clip's frames.</param>
    /// <exception cref="ArgumentException">There is no frame.</exception>
    public static MatteFigures MeanOfClips(IReadOnlyCollection<IReadOnlyList<MatteFigures>> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        return Mean(Enumerable.Range(0, FramesInMean(clips)).Select(i => Mean(clips.Where(c => c.Count > i).Select(c => c[i]))));
    }

    /// <summary>How many frame indices <see cref="MeanOfClips"/> is over.</summary>
    /// <param name="clips">The figures of each clip's frames.</param>
    public static int FramesInMean(IReadOnlyCollection<IReadOnlyList<MatteFigures>> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        return Math.Min(FramesInMeanOfClips, clips.Select(c => c.Count).DefaultIfEmpty().Max());
    }
}
