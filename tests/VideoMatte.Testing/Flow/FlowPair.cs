using VideoMatte.Frames;

namespace VideoMatte.Testing.Flow;

/// <summary>Two grey pictures of one size, and the flow from the first to the second where it is known.</summary>
/// <param name="Name">For tables and files.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="From">The first picture, 0..255, row after row.</param>
/// <param name="To">The second picture.</param>
/// <param name="TrueU">The true flow to the right, in pixels; none for real pairs.</param>
/// <param name="TrueV">The true flow downwards.</param>
public sealed record FlowPair(string Name, int Width, int Height, byte[] From, byte[] To, float[]? TrueU = null, float[]? TrueV = null)
{
    public PlaneView<byte> FromView => new(From, Width, Height);

    public PlaneView<byte> ToView => new(To, Width, Height);
}
