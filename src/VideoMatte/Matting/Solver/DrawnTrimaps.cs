using VideoMatte.Frames;

namespace VideoMatte.Matting.Solver;

/// <summary>A trimap was drawn for every frame.</summary>
/// <param name="drawn">Pictures in greys, of the frames' size; moves in, and is disposed with this.</param>
public sealed class DrawnTrimaps(IMatteSource drawn) : ITrimapSource
{
    public IReadOnlyList<MatteWarning> Warnings => [];

    public bool Next(VideoFrame frame, Span<byte> trimap, Span<ushort> guess)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Read(drawn, frame, trimap);
        guess.Fill(Trimap.Grey);
        return true;
    }

    /// <summary>Each is drawn by itself.</summary>
    public void Solved(ReadOnlySpan<ushort> matte)
    {
    }

    public void Reset()
    {
    }

    public void Interrupt() => (drawn as IInterruptible)?.Interrupt();

    public void Dispose() => drawn.Dispose();

    internal static void Read(IMatteSource drawn, VideoFrame frame, Span<byte> trimap)
    {
        AlphaMatte picture = drawn.Next(frame.Time);
        if (picture.Width != frame.Format.Width || picture.Height != frame.Format.Height)
            throw new ArgumentException("trimap: it is not of the picture's size", nameof(frame));
        Trimap.Read(picture.Samples, trimap);
    }
}
