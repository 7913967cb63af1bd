using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>A picture or a clip as background, shown at its own speed: frame n of the source is laid over the background frame that is on
/// at the same time since the beginning. A clip that ends begins again where it can be rewound, else its last frame stays; a single
/// picture simply stays.</summary>
/// <param name="read">Gives the next background frame, which moves here, or null at the end (and from then on, until rewound).</param>
/// <param name="rewind">Lets <paramref name="read"/> begin at the first frame again; null where it cannot.</param>
public sealed class FrameBackground(Func<VideoFrame?> read, Action? rewind = null) : IBackgroundSource
{
    private VideoFrame? _shown;
    private VideoFrame? _next;
    private bool _ended;
    private Rational _first;
    private Rational? _origin;

    /// <summary>When the running round of the background began, on the source's clock since its first frame.</summary>
    private Rational _roundStart;

    /// <exception cref="MatteException">The background has no frame at all (<see cref="ErrorKind.Input"/>,
    /// <c>background-empty</c>).</exception>
    public VideoFrame Next(MattedFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _origin ??= frame.Time.PresentationTime;
        Rational now = frame.Time.PresentationTime - _origin.Value;
        if (_shown is null)
            Begin(now);
        while (Advance(now))
        {
        }

        return _shown!;
    }

    public void Reset()
    {
        Drop();
        _origin = null;
        _ended = false;
        rewind?.Invoke();
    }

    public void Dispose() => Drop();

    private void Begin(Rational roundStart)
    {
        VideoFrame first = read()
            ?? throw new MatteException(
                ErrorKind.Input, "background-empty", "The background holds no frame; name a picture or clip that does.");
        _shown?.Dispose();
        _shown = first;
        _first = first.Time.PresentationTime;
        _roundStart = roundStart;
        _next = read();
        _ended = _next is null;
    }

    /// <returns>True where the frame shown was replaced and the next one may be due already.</returns>
    private bool Advance(Rational now)
    {
        if (_next is not null)
        {
            if (_roundStart + (_next.Time.PresentationTime - _first) > now)
                return false;
            _shown!.Dispose();
            _shown = _next;
            _next = null;
            _next = read();
            _ended = _next is null;
            return true;
        }

        if (!_ended || rewind is null)
            return false;

        // A single picture, or a clip that does not say how long its last frame lasts, has no end to begin again from.
        Rational end = _roundStart + (_shown!.Time.PresentationTime - _first) + _shown.Time.Duration;
        if (_shown.Time.PresentationTime == _first || _shown.Time.Duration <= Rational.Zero || end > now)
            return false;
        rewind();
        Begin(end);
        return true;
    }

    private void Drop()
    {
        _shown?.Dispose();
        _next?.Dispose();
        _shown = null;
        _next = null;
    }
}
