namespace VideoMatte.Frames;

/// <summary>Brings what is known of one frame to the next, along what moved between them. Used by one caller at a time.</summary>
public interface IMotionCarrier
{
    /// <summary>Takes the next frame in: what is carried from here on goes from the frame before to this one.</summary>
    /// <param name="frame">Borrowed; nothing of it is kept.</param>
    /// <returns>False for the first frame since <see cref="Reset"/>, and where the format changes: nothing leads to it.</returns>
    bool Look(VideoFrame frame);

    /// <summary>The next frame is a first one.</summary>
    void Reset();

    /// <summary>Carries labels: each pixel has that of the pixel it came from.</summary>
    /// <param name="before">Of the frame before, a byte a pixel, row after row.</param>
    /// <param name="now">As many; other memory.</param>
    /// <exception cref="InvalidOperationException">The last <see cref="Look"/> was false.</exception>
    /// <exception cref="ArgumentException">A plane is not of the frame's size.</exception>
    void Carry(ReadOnlySpan<byte> before, Span<byte> now);

    /// <summary>Carries a matte, with linear interpolation.</summary>
    /// <inheritdoc cref="Carry(ReadOnlySpan{byte}, Span{byte})"/>
    void Carry(ReadOnlySpan<ushort> before, Span<ushort> now);

    /// <summary>Where the motion is known.</summary>
    /// <param name="known">A byte a pixel: 255 where it is, 0 where it is not (what is seen was hidden, the way back leads elsewhere).</param>
    /// <exception cref="InvalidOperationException">The last <see cref="Look"/> was false.</exception>
    /// <exception cref="ArgumentException">The plane is not of the frame's size.</exception>
    void Known(Span<byte> known);
}
