namespace VideoMatte.Tests.Temporal;

/// <summary>PySceneDetect's two detectors with their own settings, to compare with: scores of a clip in, first frames out.</summary>
internal static class PlainDetectors
{
    private const int LeastFrames = 15;

    /// <summary>A cut at a score of 27.</summary>
    public static IEnumerable<int> Content(IReadOnlyList<double> scores) => Apart(Enumerable.Range(1, scores.Count - 1).Where(i => scores[i] >= 27));

    /// <summary>A cut where the score is 15 or more and three times the mean of two neighbours on each side.</summary>
    public static IEnumerable<int> Adaptive(IReadOnlyList<double> scores) => Apart(Enumerable.Range(1, scores.Count - 1).Where(i =>
        scores[i] >= 15 && scores[i] >= 3 * ((int[])[i - 2, i - 1, i + 1, i + 2]).Where(n => n > 0 && n < scores.Count).Average(n => scores[n])));

    private static IEnumerable<int> Apart(IEnumerable<int> cuts)
    {
        int last = 0;
        foreach (int cut in cuts)
        {
            if (cut - last < LeastFrames)
                continue;
            last = cut;
            yield return cut;
        }
    }
}
