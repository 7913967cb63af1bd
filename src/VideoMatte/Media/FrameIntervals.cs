using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The distances between the frames of a clip, as they come: is its rate constant, and were its times in order?</summary>
/// <remarks><b>Variable rate, the rule:</b> a clip is of variable rate where some interval between two frames differs from the mean interval
/// by more than a tenth of it, and by more than 1.5 ms. So the rounding of containers that count in milliseconds, and the jitter of a
/// camera's clock, are no variable rate; a frame left out is.</remarks>
public sealed class FrameIntervals
{
    /// <summary>Two times rounded to a millisecond each are at most this much off, and a clock's jitter comes on top.</summary>
    private static readonly Rational LeastDifference = new(3, 2000);

    private static readonly Rational LeastShare = new(1, 10);

    /// <summary>A tick finer than this is no distance a camera makes: ffmpeg has moved a frame whose time did not grow.</summary>
    private static readonly Rational FineTick = new(1, 10_000);

    private readonly Rational _tick;
    private Rational _first;
    private Rational _last;
    private Rational? _shortest;
    private Rational? _longest;

    /// <param name="tick">Seconds a tick of the decoder's stream.</param>
    public FrameIntervals(Rational tick) => _tick = tick;

    public long Frames { get; private set; }

    /// <summary>Frames whose time was not after the one before: they follow it by one tick.</summary>
    public long Repaired { get; private set; }

    /// <summary>Index of the first of <see cref="Repaired"/>.</summary>
    public long? FirstRepaired { get; private set; }

    /// <summary>Seconds between two frames on average; null for fewer than two.</summary>
    public Rational? Mean => Frames < 2 ? null : (_last - _first) / new Rational(Frames - 1);

    /// <summary>Seconds; null for fewer than two frames.</summary>
    public Rational? Shortest => _shortest;

    /// <summary>Seconds; null for fewer than two frames.</summary>
    public Rational? Longest => _longest;

    /// <summary>The rate is not constant, by the rule above.</summary>
    public bool IsVariable
    {
        get
        {
            if (Mean is not { } mean || Frames < 3)
                return false;
            Rational share = mean * LeastShare, most = share > LeastDifference ? share : LeastDifference;
            return _longest!.Value - mean > most || mean - _shortest!.Value > most;
        }
    }

    /// <summary>Takes the next frame's time, which is after the one before.</summary>
    public void Add(Rational time)
    {
        if (Frames == 0)
        {
            _first = time;
        }
        else
        {
            Rational interval = time - _last;
            if (_tick < FineTick && interval <= _tick)
            {
                FirstRepaired ??= Frames;
                Repaired++;
            }

            _shortest = _shortest is { } shortest && shortest <= interval ? shortest : interval;
            _longest = _longest is { } longest && longest >= interval ? longest : interval;
        }

        _last = time;
        Frames++;
    }
}
