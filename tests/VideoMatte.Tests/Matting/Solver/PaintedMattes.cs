using VideoMatte.Frames;

namespace VideoMatte.Tests.Matting.Solver;

/// <summary>Pictures in greys, one a frame.</summary>
/// <param name="pool">Lends one matte, which is painted anew for each.</param>
/// <param name="width">Of the pictures.</param>
/// <param name="height">Of the pictures.</param>
/// <param name="code">Of a frame's pixel, by the frame's index and the pixel's.</param>
internal sealed class PaintedMattes(IFramePool pool, int width, int height, Func<long, int, ushort> code) : IMatteSource
{
    private AlphaMatte? _matte;
    private bool _disposed;

    public AlphaMatte Next(FrameTime time)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _matte ??= AlphaMatte.Rent(pool, width, height);
        Span<ushort> samples = _matte.Samples;
        for (int p = 0; p < samples.Length; p++)
            samples[p] = code(time.Index, p);
        return _matte;
    }

    public void Dispose()
    {
        _disposed = true;
        _matte?.Dispose();
        _matte = null;
    }
}
