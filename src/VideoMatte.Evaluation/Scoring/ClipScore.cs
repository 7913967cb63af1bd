using VideoMatte.Evaluation.Metrics;
using VideoMatte.Frames;

namespace VideoMatte.Evaluation.Scoring;

/// <summary>What a clip scores.</summary>
/// <param name="Pair">The clip.</param>
/// <param name="Prediction">How the matte was read.</param>
/// <param name="Truth">How the true one was read.</param>
/// <param name="Width">Pixels of both.</param>
/// <param name="Height">Pixels of both.</param>
/// <param name="Frames">Figures of every frame scored, 1 or more.</param>
/// <param name="Warnings">Of both files.</param>
public sealed record ClipScore(
    ClipPair Pair, ClipScore.Side Prediction, ClipScore.Side Truth, int Width, int Height, IReadOnlyList<MatteFigures> Frames, IReadOnlyList<MatteWarning> Warnings)
{
    /// <summary>Over all its frames.</summary>
    public MatteFigures Mean { get; } = MatteFigures.Mean(Frames);

    /// <param name="IsAlpha">True: the file's alpha plane; false: its luma.</param>
    /// <param name="Bits">Of a sample.</param>
    public readonly record struct Side(bool IsAlpha, int Bits);
}
