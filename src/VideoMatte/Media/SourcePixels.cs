using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>How a source's pixel format becomes planes of ours without changing a sample where that can be.</summary>
/// <param name="AskFor">The ffmpeg pixel format the decoder is asked for. One with alpha (<c>gbrap12le</c>) means: its last plane is
/// dropped by the reader.</param>
/// <param name="Layout">Planes of the frames.</param>
/// <param name="Depth">Significant bits, 8 to 16.</param>
/// <param name="HasAlpha">The source carries alpha, which is not read.</param>
/// <param name="IsJpegRange">One of ffmpeg's <c>yuvj</c> names: full range, whatever the tags say.</param>
/// <param name="Between">Formats to pass through first, where ffmpeg's direct way is not exact; empty: none.</param>
/// <param name="IsExact">False where samples are converted (4:1:1, float, 5-bit RGB).</param>
public sealed record SourcePixels(
    string AskFor, PlaneLayout Layout, int Depth, bool HasAlpha, bool IsJpegRange, string Between = "", bool IsExact = true)
{
    /// <summary>True where a fourth plane comes through the pipe and is left out of the frame.</summary>
    public bool DropsFourthPlane => AskFor.StartsWith("gbrap", StringComparison.Ordinal);
}
