using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Brings a clip to a constant rate by nearest frame: every tick of the rate takes the source's frame whose time is nearest (of two
/// equally near the earlier). A frame that no tick takes is dropped; one that several take is given once, with a duration of as many
/// ticks, and the writer repeats it. So whatever stands between sees each frame that is needed exactly once.</summary>
/// <remarks>Ticks begin at the first frame's own time and end with the last frame's duration. One frame is held back.</remarks>
public sealed class ConformingReader : IFrameReader
{
    /// <summary>ffmpeg counts ticks of a second in 32 bits.</summary>
    private const long MostTicksASecond = int.MaxValue;

    private readonly IFrameReader _inner;
    private readonly Rational _step;
    private VideoFrame? _held;
    private Rational _interval;
    private long _tick;
    private long _index;

    private ConformingReader(IFrameReader inner, Rational rate, VideoFrame? first)
    {
        _inner = inner;
        Rate = rate;
        _step = Rational.One / rate;
        _held = first;
        FramesRead = first is null ? 0 : 1;
        Rational start = first?.Time.PresentationTime ?? Rational.Zero;
        TimeBase = CommonDivisor(_step, start) ?? _step;
        // Where no tick of 32 bits holds both, the clip begins at the nearest tick of its rate.
        Start = start.IsTickOf(TimeBase) ? start : Rational.FromTicks(start.ToTicks(_step), _step);
        _interval = first?.Time.Duration is { } duration && duration > Rational.Zero ? duration : _step;
    }

    public FrameFormat Format => _inner.Format;

    public Rational TimeBase { get; }

    public IReadOnlyList<MatteWarning> Warnings => _inner.Warnings;

    /// <summary>Frames a second.</summary>
    public Rational Rate { get; }

    /// <summary>Presentation time of the first tick.</summary>
    public Rational Start { get; }

    /// <summary>Frames the source gave so far.</summary>
    public long FramesRead { get; private set; }

    /// <summary>Source frames no tick took.</summary>
    public long FramesDropped { get; private set; }

    /// <summary>Ticks that take a frame a tick before took already.</summary>
    public long FramesRepeated { get; private set; }

    /// <summary>Takes the reader over, also when it throws, and reads its first frame.</summary>
    /// <param name="inner">Opened, not read from.</param>
    /// <param name="rate">Frames a second, above 0.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<ConformingReader> OpenAsync(IFrameReader inner, Rational rate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate.Numerator, nameof(rate));
        try
        {
            return new ConformingReader(inner, rate, await inner.ReadAsync(cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await inner.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask<VideoFrame?> ReadAsync(CancellationToken cancellationToken)
    {
        while (_held is { } frame)
        {
            VideoFrame? next = await _inner.ReadAsync(cancellationToken).ConfigureAwait(false);
            Rational time = frame.Time.PresentationTime, until;
            bool isLast = next is null;
            if (next is not null)
            {
                FramesRead++;
                _interval = next.Time.PresentationTime - time;
                until = (time + next.Time.PresentationTime) / new Rational(2);
            }
            else
            {
                // The last frame lasts as long as the one before did; an only one as it says.
                until = time + _interval;
            }

            _held = next;
            if (Give(frame, TicksUntil(until, isLast)) is { } given)
                return given;
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        _held?.Dispose();
        _held = null;
        await _inner.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The largest time both are multiples of; null where ffmpeg could not count in it.</summary>
    private static Rational? CommonDivisor(Rational a, Rational b)
    {
        try
        {
            while (b != Rational.Zero)
                (a, b) = (b, a - (b * new Rational((a / b).Numerator / (a / b).Denominator)));
            a = a < Rational.Zero ? -a : a;
            return a.Denominator <= MostTicksASecond && a.Numerator <= MostTicksASecond ? a : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private VideoFrame? Give(VideoFrame frame, long ticks)
    {
        if (ticks <= 0)
        {
            FramesDropped++;
            frame.Dispose();
            return null;
        }

        FramesRepeated += ticks - 1;
        FrameTime time = new(_index++, Start + (new Rational(_tick) * _step), new Rational(ticks) * _step);
        _tick += ticks;
        return frame.MovedTo(time);
    }

    /// <summary>Ticks from the next one to the last that is no later than half way to the following frame; at the end, to the last that
    /// begins before the clip has ended, rounded; at least one in all.</summary>
    private long TicksUntil(Rational until, bool isLast)
    {
        Rational at = (until - Start) / _step;
        if (isLast)
            return Math.Max(at.ToTicks(Rational.One), _index == 0 ? 1 : 0) - _tick;
        long whole = at.Numerator / at.Denominator;
        return (at < Rational.Zero ? -1 : whole) - _tick + 1;
    }
}
