using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>What lies behind the subject, frame by frame. Used by one caller at a time.</summary>
public interface IBackgroundSource : IDisposable
{
    /// <summary>The background for a frame, in exactly its format's planes and meaning.</summary>
    /// <param name="frame">Borrowed; frames come in order.</param>
    /// <returns>Borrowed: the source keeps owning it, and it is valid until the next call of any member. Its time is of no
    /// meaning.</returns>
    VideoFrame Next(MattedFrame frame);

    /// <summary>Begins again, as for another input. Not called at cuts: a background clip runs on through them.</summary>
    void Reset();
}
