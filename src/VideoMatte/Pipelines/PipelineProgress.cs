namespace VideoMatte.Pipelines;

/// <summary>How far a run is.</summary>
/// <param name="FramesDone">Frames written.</param>
/// <param name="FramesTotal">As announced, never less than done; null where nobody knows.</param>
/// <param name="FramesPerSecond">Over the last seconds; 0 before the first frames.</param>
/// <param name="TimeLeft">At that rate; null where it cannot be told.</param>
/// <param name="Step">What a frame that takes long is at, a clause; null: frames are quick enough to tell by themselves.</param>
public readonly record struct PipelineProgress(long FramesDone, long? FramesTotal, double FramesPerSecond, TimeSpan? TimeLeft, string? Step = null);
