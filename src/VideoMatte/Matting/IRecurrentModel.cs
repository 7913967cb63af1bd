using VideoMatte.Frames;

namespace VideoMatte.Matting;

/// <summary>A model whose matte follows from the frame and from a state the frames before left.</summary>
public interface IRecurrentModel : IMattingModel
{
    /// <summary>Moves the state on as <see cref="IFrameStage{TIn,TOut}.Process"/> does, and makes no matte.</summary>
    /// <param name="frame">Borrowed for the call, and left as it is.</param>
    /// <exception cref="MatteException">As of Process.</exception>
    void Observe(VideoFrame frame);
}
