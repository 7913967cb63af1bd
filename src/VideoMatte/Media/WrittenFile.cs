using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>A file (or numbered sequence) that is whole and has its name.</summary>
/// <param name="Path">As the user named it.</param>
/// <param name="Preset">Preset id, e.g. <c>prores4444</c>.</param>
/// <param name="Bytes">On disk, all files of a sequence together.</param>
/// <param name="Frames">Frames found in it.</param>
/// <param name="Warnings">What the container could not hold and the like.</param>
public sealed record WrittenFile(string Path, string Preset, long Bytes, long Frames, IReadOnlyList<MatteWarning> Warnings);
