using VideoMatte.Frames;

namespace VideoMatte.Temporal;

/// <summary>Marks the first frame of each shot (<see cref="VideoFrame.StartsShot"/>). Frames pass through untouched.</summary>
public interface IShotStage : IFrameStage<VideoFrame, VideoFrame>
{
    /// <summary>Shots so far, in order. Read it when the flow has ended, or from the thread that calls the stage.</summary>
    IReadOnlyList<Shot> Shots { get; }
}
