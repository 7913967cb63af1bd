using VideoMatte.Frames;

namespace VideoMatte.Temporal;

/// <summary>One shot, by its first frame.</summary>
/// <param name="Start">Index and time of the first frame.</param>
/// <param name="Kind">Why it begins there.</param>
public sealed record Shot(FrameTime Start, ShotKind Kind);
