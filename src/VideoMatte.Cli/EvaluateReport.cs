using VideoMatte.Evaluation.Metrics;
using VideoMatte.Evaluation.Scoring;
using VideoMatte.Media;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli;

/// <summary>What <c>evaluate --json</c> prints.</summary>
/// <param name="GradVariant"><c>hr</c> or <c>lr</c>.</param>
/// <param name="Bits"><c>full</c> or <c>8</c>: what was scored of both mattes.</param>
/// <param name="From">Index of the first frame scored.</param>
/// <param name="Clips">In the order they were named, those of a folder by name.</param>
/// <param name="Mean">Over the clips.</param>
/// <param name="Ffmpeg">What decoded.</param>
/// <param name="Warnings">Of all files.</param>
/// <param name="Error">Null: an error has a document of its own.</param>
internal sealed record EvaluateReport(
    string GradVariant, string Bits, int From, IReadOnlyList<EvaluateReport.Clip> Clips, EvaluateReport.Figures Mean, MattingResult.UsedFfmpeg Ffmpeg,
    IReadOnlyList<MattingResult.Warning> Warnings, MattingResult.Failure? Error)
{
    public static EvaluateReport Of(ScoringSettings settings, IReadOnlyList<ClipScore> scores, FfmpegTools tools)
    {
        IReadOnlyList<MatteFigures>[] frames = [.. scores.Select(s => s.Frames)];
        return new(
            Name(settings.Grad),
            settings.EightBits ? "8" : "full",
            settings.From,
            [.. scores.Select(Of)],
            Of(MatteFigures.FramesInMean(frames), MatteFigures.MeanOfClips(frames)),
            new(tools.FfmpegPath, tools.Version),
            [.. scores.SelectMany(s => s.Warnings).Select(w => new MattingResult.Warning(w.Code, w.Message, w.Frame))],
            null);
    }

    /// <summary>As it is typed.</summary>
    public static string Name(GradVariant grad) => grad == Evaluation.Metrics.GradVariant.Lr ? "lr" : "hr";

    private static Clip Of(ClipScore score) => new(
        score.Pair.Name, Of(score.Pair.Prediction, score.Prediction), Of(score.Pair.Truth, score.Truth), score.Width, score.Height, Of(score.Frames.Count, score.Mean));

    private static Matte Of(string path, ClipScore.Side side) => new(path, side.IsAlpha ? "alpha" : "luma", side.Bits);

    private static Figures Of(int frames, MatteFigures mean) => new(frames, mean.Mad, mean.Mse, mean.Grad, mean.DtSsd);

    /// <param name="Name">Of the clip.</param>
    /// <param name="Prediction">The matte that was scored.</param>
    /// <param name="Truth">The true one.</param>
    /// <param name="Mean">Over its frames.</param>
    internal sealed record Clip(string Name, Matte Prediction, Matte Truth, int Width, int Height, Figures Mean);

    /// <param name="Path">As the user named it, or as it was found in the folder he named.</param>
    /// <param name="Read"><c>alpha</c> or <c>luma</c>.</param>
    /// <param name="Bits">Of a sample as decoded.</param>
    internal sealed record Matte(string Path, string Read, int Bits);

    /// <param name="Frames">That the mean is over; of several clips, frame indices.</param>
    internal sealed record Figures(int Frames, double Mad, double Mse, double Grad, double DtSsd);
}
