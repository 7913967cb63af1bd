using VideoMatte.Frames;
using VideoMatte.Matting.Fallback;

namespace VideoMatte.Matting;

/// <summary>Estimates the matte of each frame. Recurrent models keep their state from frame to frame until <see cref="IFrameStage{TIn,TOut}.Reset"/>.</summary>
public interface IMattingModel : IFrameStage<VideoFrame, MattedFrame>
{
    /// <summary>What runs and how, for the result.</summary>
    MattingModelInfo Info { get; }

    /// <summary>True: frames come with <see cref="MattedFrame.Foreground"/>; false: it is for others to estimate.</summary>
    bool GivesForeground => false;

    /// <summary>Frames another model stood in for, in order.</summary>
    IReadOnlyList<FallbackRange> Fallbacks => [];

    /// <summary>Warnings so far.</summary>
    IReadOnlyList<MatteWarning> Warnings { get; }
}
