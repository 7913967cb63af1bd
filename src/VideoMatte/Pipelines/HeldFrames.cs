using VideoMatte.Frames;

namespace VideoMatte.Pipelines;

/// <summary>A clip that runs along with the source, each from its own beginning: a frame is on from its time until the next one's, and the
/// last one stays. A still is a clip of one.</summary>
/// <param name="read">Gives the next side frame, which moves here, or null at the end.</param>
/// <param name="times">The two clocks.</param>
/// <param name="name">Of the file, for the error.</param>
internal sealed class HeldFrames(Func<VideoFrame?> read, MatteTimes times, string name) : IFramePairing
{
    private VideoFrame? _shown;
    private VideoFrame? _next;
    private Rational _sourceStart;
    private Rational _sideStart;

    /// <exception cref="MatteException">Input, <c>matte-empty</c>: the file holds no frame.</exception>
    public VideoFrame Next(FrameTime time)
    {
        if (_shown is null)
        {
            _shown = read() ?? throw new MatteException(ErrorKind.Input, "matte-empty", $"{name} holds no frame; name a picture or clip that does.");
            _next = read();
            _sourceStart = times.SourceStart ?? time.PresentationTime;
            _sideStart = times.SideStart ?? _shown.Time.PresentationTime;
        }

        Rational now = time.PresentationTime - _sourceStart + MatteTimes.Tolerance(time.Duration);
        while (_next is not null && _next.Time.PresentationTime - _sideStart <= now)
        {
            _shown.Dispose();
            _shown = _next;
            _next = null;
            _next = read();
        }

        return _shown;
    }

    public void Dispose()
    {
        _shown?.Dispose();
        _next?.Dispose();
        (_shown, _next) = (null, null);
    }
}
