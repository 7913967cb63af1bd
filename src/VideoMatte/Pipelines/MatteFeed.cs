using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>Mattes read from a file as 16-bit coverage of the frames' size: the file's alpha plane or luma, scaled where its size is another.
/// Where it is not, 16-bit samples of full range pass bit for bit.</summary>
internal sealed class MatteFeed : IMatteSource, IInterruptible
{
    private readonly FrameReadAhead _frames;
    private readonly IFramePairing _pairing;
    private readonly LumaMatte _luma;
    private readonly MatteScaler? _scaler;
    private readonly AlphaMatte? _unscaled;
    private readonly AlphaMatte _matte;
    private VideoFrame? _converted;

    /// <param name="reader">Moves in; it gives the file's own samples.</param>
    /// <param name="pair">Makes the pairing over the feed's frames.</param>
    /// <param name="size">Of the source's frames.</param>
    /// <param name="pool">Lends the mattes.</param>
    public MatteFeed(IFrameReader reader, Func<Func<VideoFrame?>, IFramePairing> pair, FrameFormat size, IFramePool pool)
    {
        FrameFormat own = reader.Format;
        _luma = new LumaMatte(own);
        if (own.Width != size.Width || own.Height != size.Height)
        {
            _scaler = new MatteScaler(own.Width, own.Height, size.Width, size.Height);
            _unscaled = AlphaMatte.Rent(pool, own.Width, own.Height);
        }

        _matte = AlphaMatte.Rent(pool, size.Width, size.Height);
        _frames = new FrameReadAhead(reader);
        _pairing = pair(_frames.Take);
    }

    public AlphaMatte Next(FrameTime time)
    {
        VideoFrame frame = _pairing.Next(time);
        if (ReferenceEquals(frame, _converted))
            return _matte;
        _luma.Write(frame, (_unscaled ?? _matte).Samples);
        _scaler?.Scale(_unscaled!.Samples, _matte.Samples);
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
}
