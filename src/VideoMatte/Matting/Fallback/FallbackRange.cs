namespace VideoMatte.Matting.Fallback;

/// <summary>Frames whose matte came, wholly or in part, from the fallback model.</summary>
/// <param name="From">Index of the first.</param>
/// <param name="To">Index of the last.</param>
/// <param name="Reason">One clause.</param>
public sealed record FallbackRange(long From, long To, string Reason);
