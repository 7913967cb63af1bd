using VideoMatte.Frames;

namespace VideoMatte.Temporal;

/// <summary>How a list's timecodes are counted.</summary>
/// <param name="Rate">Frames a second of timecodes; null: not known.</param>
/// <param name="First">The clip's own first timecode; null: it has none.</param>
/// <param name="Duration">Of the clip, seconds; null: not known.</param>
public sealed record ShotListClock(Rational? Rate, Timecode? First, Rational? Duration);
