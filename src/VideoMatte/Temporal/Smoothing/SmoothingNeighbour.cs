using VideoMatte.Temporal.Flow;

namespace VideoMatte.Temporal.Smoothing;

/// <summary>A frame that has a say in another one's matte.</summary>
/// <param name="View">What is kept of it.</param>
/// <param name="Link">The motion to it from the frame in hand.</param>
/// <param name="Gain">What it counts where it is sure, beside 1 for the frame in hand.</param>
internal readonly record struct SmoothingNeighbour(SmoothingView View, MotionLink Link, float Gain);
