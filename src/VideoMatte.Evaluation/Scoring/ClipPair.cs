namespace VideoMatte.Evaluation.Scoring;

/// <summary>A clip's matte and the true one.</summary>
/// <param name="Name">Of the clip, for tables.</param>
/// <param name="Prediction">A file, a pattern of numbered pictures, or a folder of them.</param>
/// <param name="Truth">Likewise.</param>
public sealed record ClipPair(string Name, string Prediction, string Truth);
