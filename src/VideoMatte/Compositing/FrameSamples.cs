using System.Runtime.InteropServices;
using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>A borrowed look at the three planes of a frame.</summary>
/// <param name="frame">Of three planes, with words of <typeparamref name="T"/>.</param>
/// <typeparam name="T"><see cref="byte"/> or <see cref="ushort"/>.</typeparam>
internal readonly ref struct FrameSamples<T>(VideoFrame frame)
    where T : unmanaged
{
    public Span<T> First { get; } = MemoryMarshal.Cast<byte, T>(frame.PlaneBytes(0));

    public Span<T> Second { get; } = MemoryMarshal.Cast<byte, T>(frame.PlaneBytes(1));

    public Span<T> Third { get; } = MemoryMarshal.Cast<byte, T>(frame.PlaneBytes(2));
}
