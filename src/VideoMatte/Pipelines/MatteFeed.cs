using VideoMatte.Frames;
using VideoMatte.Matting.Solver;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>Mattes read from a file as 16-bit coverage of the frames' size: the file's alpha plane or luma, scaled where its size is another.
/// Where it is not, 16-bit samples of full range pass bit for bit. Of trimaps, what is not drawn as one is refused, and what is mixed when
/// scaled is open.</summary>
internal sealed class MatteFeed : IMatteSource, IInterruptible
{
    private readonly FrameReadAhead _frames;
    private readonly IFramePairing _pairing;
    private readonly LumaMatte _luma;
    private readonly Action? _scale;
    private readonly string? _trimap;
    private readonly AlphaMatte? _unscaled;
    private readonly AlphaMatte _matte;
    private VideoFrame? _converted;

    /// <param name="reader">Moves in; it gives the file's own samples.</param>
    /// <param name="pair">Makes the pairing over the feed's frames.</param>
    /// <param name="size">Of the source's frames.</param>
    /// <param name="pool">Lends the mattes.</param>
    /// <param name="trimap">The file's name where it holds trimaps; null: mattes.</param>
    public MatteFeed(IFrameReader reader, Func<Func<VideoFrame?>, IFramePairing> pair, FrameFormat size, IFramePool pool, string? trimap = null)
    {
        FrameFormat own = reader.Format;
        (_luma, _trimap) = (new LumaMatte(own), trimap);
        if (own.Width != size.Width || own.Height != size.Height)
        {
            _scale = ScalerOf(own, size);
            _unscaled = AlphaMatte.Rent(pool, own.Width, own.Height);
        }

        _matte = AlphaMatte.Rent(pool, size.Width, size.Height);
        _frames = new FrameReadAhead(reader);
        _pairing = pair(_frames.Take);
    }

    /// <exception cref="MatteException">Input, <c>trimap-levels</c>; the pairing's.</exception>
    public AlphaMatte Next(FrameTime time)
    {
        VideoFrame frame = _pairing.Next(time);
        if (ReferenceEquals(frame, _converted))
            return _matte;
        AlphaMatte own = _unscaled ?? _matte;
        _luma.Write(frame, own.Samples);
        if (_trimap is not null)
            Trimap.RequireDrawn(own.Samples, _trimap);
        _scale?.Invoke();
        _converted = frame;
        return _matte;
    }

    public void Interrupt() => _frames.Interrupt();

    public void Dispose()
    {
        _pairing.Dispose();
        _frames.Dispose();
        _unscaled?.Dispose();
        _matte.Dispose();
    }

    private Action ScalerOf(FrameFormat own, FrameFormat size)
    {
        if (_trimap is null)
        {
            var matte = new MatteScaler(own.Width, own.Height, size.Width, size.Height);
            return () => matte.Scale(_unscaled!.Samples, _matte.Samples);
        }

        var trimap = new TrimapScaler(own.Width, own.Height, size.Width, size.Height);
        return () => trimap.Scale(_unscaled!.Samples, _matte.Samples);
    }
}
