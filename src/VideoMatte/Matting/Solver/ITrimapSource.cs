using VideoMatte.Frames;

namespace VideoMatte.Matting.Solver;

/// <summary>Gives each frame its trimap. Used by one caller at a time.</summary>
public interface ITrimapSource : IDisposable, IInterruptible
{
    /// <summary>What the frames so far leave to say.</summary>
    IReadOnlyList<MatteWarning> Warnings { get; }

    /// <param name="frame">Borrowed; frames come in order.</param>
    /// <param name="trimap">Of the frame's size; filled with <see cref="Trimap"/>'s levels.</param>
    /// <param name="guess">As many codes; filled with a first guess at the matte.</param>
    /// <returns>False where there is no trimap for this frame: the planes' content is undefined then.</returns>
    /// <exception cref="MatteException">Input: the trimaps of a clip end before it does.</exception>
    bool Next(VideoFrame frame, Span<byte> trimap, Span<ushort> guess);

    /// <summary>Says what the frame's matte became, before the next is asked for.</summary>
    /// <param name="matte">Of the frame's size, 16-bit codes; borrowed.</param>
    void Solved(ReadOnlySpan<ushort> matte);

    /// <summary>The next frame begins a shot.</summary>
    void Reset();
}
