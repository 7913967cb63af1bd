using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>What was cut out of a source, for plan and result.</summary>
/// <param name="Start">As asked, seconds from the first frame; null: from the first.</param>
/// <param name="End">As asked, likewise; null: to the last.</param>
/// <param name="Frames">As asked; null: all.</param>
/// <param name="FirstFrame">When the first frame kept is shown, seconds from the source's first; null in a plan.</param>
/// <param name="Timecode">Of the first frame kept; null where the source has none, and in a plan.</param>
public sealed record SelectionReport(double? Start, double? End, long? Frames, double? FirstFrame, string? Timecode)
{
    /// <returns>Null where nothing was cut.</returns>
    internal static SelectionReport? Of(FrameSelection asked, OpenedSource? source) => !asked.IsAny
        ? null
        : new(
            asked.Start?.ToDouble(),
            asked.End?.ToDouble(),
            asked.Frames,
            (source?.Decoder.Origin - source?.Decoder.Begin)?.ToDouble(),
            source?.Timing.Timecode?.ToString());
}
