using VideoMatte.Frames;

namespace VideoMatte.Temporal;

/// <summary>Where a list says that a shot begins: one of the two, counted from the source's first frame.</summary>
/// <param name="Frame">Frames before it; 0 or more.</param>
/// <param name="Seconds">Time since the first frame; 0 or more.</param>
public readonly record struct ShotMark(long? Frame, Rational? Seconds);
