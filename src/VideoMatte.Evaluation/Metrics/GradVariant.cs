namespace VideoMatte.Evaluation.Metrics;

/// <summary>The two forms in which Robust Video Matting's evaluation computes Grad.</summary>
public enum GradVariant
{
    /// <summary>The mattes as they are: its form for large frames (1920x1080 in its tables).</summary>
    Hr,

    /// <summary>Each matte is first stretched so that its least value is 0 and its greatest 1; a constant one becomes 0. Its form for small
    /// frames (512x288 in its tables).</summary>
    Lr,
}
