namespace VideoMatte.Media;

/// <summary>A frame whose pixels come next in the stream.</summary>
/// <param name="Pts">Presentation time in ticks.</param>
/// <param name="Size">Bytes of pixels.</param>
public readonly record struct NutFrame(long Pts, long Size);
