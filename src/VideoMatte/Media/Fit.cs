namespace VideoMatte.Media;

/// <summary>How a picture of another shape is brought to a wanted size.</summary>
public enum Fit
{
    /// <summary>Keeps its shape and fills the size; what stands over is cropped evenly.</summary>
    Cover,

    /// <summary>Scaled in each direction by what is needed.</summary>
    Stretch,
}
