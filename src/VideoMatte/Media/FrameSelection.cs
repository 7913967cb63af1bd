using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>A part of a clip: the frames whose presentation time, counted from the first frame's, is at least <paramref name="Start"/> and
/// below <paramref name="End"/>; of these the first <paramref name="Frames"/>.</summary>
/// <param name="Start">Seconds, 0 or more; null: from the first frame.</param>
/// <param name="End">Seconds, above the start; null: to the last frame.</param>
/// <param name="Frames">1 or more; null: all.</param>
public sealed record FrameSelection(Rational? Start, Rational? End, long? Frames)
{
    /// <summary>Selects frames, and not all of them by saying nothing.</summary>
    public bool IsAny => Start is not null || End is not null || Frames is not null;
}
