using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>A finished run.</summary>
/// <param name="FramesIn">Frames the reader gave.</param>
/// <param name="FramesOut">Frames written: the same number.</param>
/// <param name="Shots">In order; at least the first.</param>
/// <param name="Stages">Reader, stages, writer, in the order of the flow.</param>
/// <param name="MemoryBoundBytes">The most the frames can have taken (<see cref="MemoryBound"/>).</param>
/// <param name="Seconds">From the call to the end of the commit.</param>
/// <param name="Files">Whole and named.</param>
/// <param name="Warnings">Of reader, model, files and cleaning up.</param>
public sealed record PipelineResult(
    long FramesIn,
    long FramesOut,
    IReadOnlyList<PipelineShot> Shots,
    IReadOnlyList<StageReport> Stages,
    long MemoryBoundBytes,
    double Seconds,
    IReadOnlyList<WrittenFile> Files,
    IReadOnlyList<MatteWarning> Warnings);
