namespace VideoMatte.Frames;

/// <summary>Which planes a frame has, in this order.</summary>
public enum PlaneLayout
{
    /// <summary>One plane.</summary>
    Gray,

    /// <summary>Y, Cb, Cr; chroma halved both ways, rounded up.</summary>
    Yuv420,

    /// <summary>Y, Cb, Cr; chroma halved across, rounded up.</summary>
    Yuv422,

    /// <summary>Y, Cb, Cr at full size.</summary>
    Yuv444,

    /// <summary>G', B', R', in this order, at full size.</summary>
    Gbr,
}
