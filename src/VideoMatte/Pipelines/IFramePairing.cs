using VideoMatte.Frames;

namespace VideoMatte.Pipelines;

/// <summary>Says which frame of a side file belongs to a frame of the source.</summary>
internal interface IFramePairing : IDisposable
{
    /// <summary>The side frame for a source frame; frames come in order. Borrowed, valid until the next call.</summary>
    /// <exception cref="MatteException">There is none.</exception>
    VideoFrame Next(FrameTime time);
}
