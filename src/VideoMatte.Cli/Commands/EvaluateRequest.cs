using VideoMatte.Evaluation.Scoring;

namespace VideoMatte.Cli.Commands;

/// <summary>What one call of <c>evaluate</c> asks for.</summary>
internal sealed record EvaluateRequest(
    IReadOnlyList<ClipPair> Pairs, ScoringSettings Settings, string? PerFrame, bool Overwrite, bool Lenient, string? Ffmpeg, bool Json, bool Quiet);
