using System.Runtime.InteropServices;

namespace VideoMatte.Frames;

/// <summary>One full-size plane of coverage: 0..65535 is 0..1, straight, rows without padding. Owned and disposed like a frame.</summary>
public sealed class AlphaMatte : IDisposable
{
    /// <summary>The code of full coverage.</summary>
    public const int Opaque = 65535;

    private readonly IFramePool _pool;
    private byte[]? _buffer;

    private AlphaMatte(IFramePool pool, int width, int height)
    {
        _pool = pool;
        Width = width;
        Height = height;
        _buffer = pool.Rent(checked(width * height * 2));
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Width x Height samples, row after row. Valid until <see cref="Dispose"/>.</summary>
    public Span<ushort> Samples => MemoryMarshal.Cast<byte, ushort>(Memory.Span);

    /// <summary>The same samples as little-endian bytes.</summary>
    public Memory<byte> Memory => _buffer ?? throw new ObjectDisposedException(nameof(AlphaMatte));

    /// <summary>A matte with undefined samples; the caller owns it.</summary>
    public static AlphaMatte Rent(IFramePool pool, int width, int height) => new(pool, width, height);

    public Span<ushort> Row(int y) => Samples.Slice(y * Width, Width);

    public void Dispose()
    {
        byte[]? buffer = Interlocked.Exchange(ref _buffer, null);
        if (buffer is not null)
            _pool.Return(buffer);
    }
}
