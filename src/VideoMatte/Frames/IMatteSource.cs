namespace VideoMatte.Frames;

/// <summary>Mattes that were made elsewhere, frame by frame: a given matte, a garbage matte, the alpha a source came with. Used by one caller
/// at a time.</summary>
public interface IMatteSource : IDisposable
{
    /// <summary>The matte for a frame, of the frame's size.</summary>
    /// <param name="time">Of the frame; frames come in order.</param>
    /// <returns>Borrowed: the source keeps owning it, and it is valid until the next call of any member.</returns>
    /// <exception cref="MatteException">There is none for this frame.</exception>
    AlphaMatte Next(FrameTime time);
}
