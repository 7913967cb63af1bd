namespace VideoMatte.Frames;

/// <summary>When a frame is shown.</summary>
/// <param name="Index">Count of frames before it in the stream as read, from 0.</param>
/// <param name="PresentationTime">Exact, in seconds, on the source's own clock (it need not begin at 0).</param>
/// <param name="Duration">Exact, in seconds; 0 where the source does not say.</param>
public readonly record struct FrameTime(long Index, Rational PresentationTime, Rational Duration);
