namespace VideoMatte.Frames;

/// <summary>Finds how a camera has moved since it took a first picture, and brings planes from the one view to the other. Used by one caller
/// at a time.</summary>
public interface ICameraFollower
{
    /// <summary>What the frames so far leave to say.</summary>
    IReadOnlyList<MatteWarning> Warnings { get; }

    /// <summary>Looks at a frame. The first ever is the view that all others are held against.</summary>
    /// <param name="frame">Borrowed; all are of one format.</param>
    /// <returns>False where the camera stands as it stood: planes need not be brought anywhere.</returns>
    bool Follow(VideoFrame frame);

    /// <summary>From the frame's view to the first one's, with linear interpolation; beyond the border its samples are repeated.</summary>
    /// <param name="plane">Of the frame's size, row after row.</param>
    /// <param name="result">As many; other memory.</param>
    /// <exception cref="ArgumentException">A plane is not of the frames' size.</exception>
    void ToFirst(ReadOnlySpan<float> plane, Span<float> result);

    /// <summary>From the first view to the frame's.</summary>
    /// <inheritdoc cref="ToFirst"/>
    void ToFrame(ReadOnlySpan<float> plane, Span<float> result);
}
