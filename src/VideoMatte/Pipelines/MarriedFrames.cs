using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Pipelines;

/// <summary>A clip made frame for frame for the source: each source frame gets the side frame of the same presentation time where the times
/// match, else the next one in order.</summary>
/// <remarks>Frames are taken in order in any case; matching times only let some be skipped: those before a source that begins later
/// (a cut), and those whose source frame is missing. From the first time that fits nothing on, order alone counts: two clips of the same
/// frames at 29.97 and 30 a second stay in step, as their maker meant.</remarks>
/// <param name="read">Gives the next side frame, which moves here, or null at the end.</param>
/// <param name="times">The two clocks.</param>
/// <param name="isStill">One picture, which holds for all frames.</param>
/// <param name="name">Of the file, for the error.</param>
/// <param name="sourceFrames">Frames the source has, as far as it says.</param>
internal sealed class MarriedFrames(Func<VideoFrame?> read, MatteTimes times, bool isStill, string name, long? sourceFrames) : IFramePairing
{
    private VideoFrame? _shown;
    private VideoFrame? _next;
    private long _taken;
    private long _asked;
    private bool _timesMatch = true;
    private Rational _offset;

    /// <exception cref="MatteException">Input: <c>matte-empty</c>, or <c>matte-too-short</c>: the clip has ended before the source.</exception>
    public VideoFrame Next(FrameTime time)
    {
        if (_asked++ == 0)
            Begin(time);
        else if (!isStill)
            Advance(time);
        return _shown!;
    }

    public void Dispose()
    {
        _shown?.Dispose();
        _next?.Dispose();
        (_shown, _next) = (null, null);
    }

    private void Begin(FrameTime time)
    {
        _next = Read() ?? throw new MatteException(ErrorKind.Input, "matte-empty", $"{name} holds no frame; name a picture or clip that does.");
        Rational first = _next.Time.PresentationTime, begins = times.SideStart ?? first;
        // On one clock, as mattes written by this program are; else both run from their own beginnings.
        if (Apart(first, time.PresentationTime) > MatteTimes.Tolerance(time.Duration))
            _offset = begins - (times.SourceStart ?? time.PresentationTime);
        Advance(time);
    }

    private void Advance(FrameTime time)
    {
        Step();
        if (!_timesMatch || isStill)
            return;
        Rational wanted = time.PresentationTime + _offset, tolerance = MatteTimes.Tolerance(time.Duration);
        while (_shown!.Time.PresentationTime < wanted - tolerance && _next is not null && _next.Time.PresentationTime <= wanted + tolerance)
            Step();
        _timesMatch = Apart(_shown.Time.PresentationTime, wanted) <= tolerance;
    }

    private void Step()
    {
        if (_next is null)
            throw TooShort();
        _shown?.Dispose();
        _shown = _next;
        _next = null;
        if (!isStill)
            _next = Read();
    }

    private VideoFrame? Read()
    {
        VideoFrame? frame = read();
        _taken += frame is null ? 0 : 1;
        return frame;
    }

    private MatteException TooShort()
    {
        string picture = sourceFrames is { } count && count >= _asked
            ? string.Create(CultureInfo.InvariantCulture, $"{count}")
            : string.Create(CultureInfo.InvariantCulture, $"at least {_asked}");
        return new MatteException(ErrorKind.Input, "matte-too-short", string.Create(CultureInfo.InvariantCulture,
            $"{name} has {_taken} frame{(_taken == 1 ? "" : "s")} and the picture has {picture}; give a matte of as many, or a still for all."));
    }

    private static Rational Apart(Rational a, Rational b) => a > b ? a - b : b - a;
}
