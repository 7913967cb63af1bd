using System.Runtime.InteropServices;

namespace VideoMatte.Frames;

/// <summary>The decoder's own planes, never converted for convenience. One buffer holds all planes, tightly packed, plane after plane.</summary>
public sealed class VideoFrame : IFrameCarrier
{
    private readonly IFramePool _pool;
    private byte[]? _buffer;

    private VideoFrame(IFramePool pool, FrameFormat format, FrameTime time, byte[] buffer)
    {
        _pool = pool;
        Format = format;
        Time = time;
        _buffer = buffer;
    }

    public FrameFormat Format { get; }

    public FrameTime Time { get; }

    public bool StartsShot { get; set; }

    /// <summary>All planes. Valid until <see cref="Dispose"/>.</summary>
    public Memory<byte> Memory => Buffer;

    public Span<byte> Bytes => Buffer;

    private byte[] Buffer => _buffer ?? throw new ObjectDisposedException(nameof(VideoFrame));

    /// <summary>A frame with undefined samples; the caller owns it.</summary>
    public static VideoFrame Rent(IFramePool pool, FrameFormat format, FrameTime time) =>
        new(pool, format, time, pool.Rent(format.ByteCount));

    /// <summary>A frame of the same format, time and samples in its own buffer; the caller owns it.</summary>
    public VideoFrame Copy()
    {
        VideoFrame copy = Rent(_pool, Format, Time);
        Bytes.CopyTo(copy.Bytes);
        copy.StartsShot = StartsShot;
        return copy;
    }

    /// <summary>The same samples at another time, moved, not copied: this frame is used up as if disposed.</summary>
    public VideoFrame MovedTo(FrameTime time)
    {
        byte[] buffer = Interlocked.Exchange(ref _buffer, null) ?? throw new ObjectDisposedException(nameof(VideoFrame));
        return new VideoFrame(_pool, Format, time, buffer) { StartsShot = StartsShot };
    }

    /// <summary>A plane of an 8-bit frame.</summary>
    public PlaneView<byte> Plane8(int plane) => Format.BytesPerSample == 1
        ? new(PlaneBytes(plane), Format.PlaneWidth(plane), Format.PlaneHeight(plane))
        : throw new InvalidOperationException("the frame has 16-bit words");

    /// <summary>A plane of a frame deeper than 8 bits.</summary>
    public PlaneView<ushort> Plane16(int plane) => Format.BytesPerSample == 2
        ? new(MemoryMarshal.Cast<byte, ushort>(PlaneBytes(plane)), Format.PlaneWidth(plane), Format.PlaneHeight(plane))
        : throw new InvalidOperationException("the frame has 8-bit words");

    /// <summary>The bytes of one plane, rows without padding.</summary>
    public Span<byte> PlaneBytes(int plane) =>
        Bytes.Slice(Format.PlaneOffset(plane), Format.PlaneWidth(plane) * Format.PlaneHeight(plane) * Format.BytesPerSample);

    public void Dispose()
    {
        byte[]? buffer = Interlocked.Exchange(ref _buffer, null);
        if (buffer is not null)
            _pool.Return(buffer);
    }
}
