namespace VideoMatte.Inference;

/// <summary>How a still network's output lies in memory, batch entry 0 first.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">Values a pixel.</param>
/// <param name="IsChannelLast">True: a pixel's values lie together (NHWC); false: plane after plane (NCHW).</param>
public readonly record struct StillPlane(int Width, int Height, int Channels, bool IsChannelLast)
{
    public int Pixels => Width * Height;

    /// <summary>Values from one pixel of a channel to the next.</summary>
    public int Step => IsChannelLast ? Channels : 1;

    /// <summary>Index of a channel's first value.</summary>
    public int Offset(int channel) => IsChannelLast ? channel : channel * Pixels;
}
