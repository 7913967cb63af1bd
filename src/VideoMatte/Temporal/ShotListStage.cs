using VideoMatte.Frames;

namespace VideoMatte.Temporal;

/// <summary>Marks the first frame of each shot as a list says, and looks for none itself. Of two frames the one nearer to a time begins the shot. A frame that
/// comes marked already starts a shot too.</summary>
public sealed class ShotListStage : IShotStage
{
    private readonly HashSet<long> _frames;
    private readonly Queue<Rational> _times;
    private readonly Rational _offset;
    private readonly List<Shot> _shots = [];
    private Rational? _begin;
    private bool _first = true;
    private long _last = -1;

    /// <param name="marks">In any order; some may be the same.</param>
    /// <param name="offset">Time from the source's first frame to the first one that comes, seconds.</param>
    /// <param name="rate">Frames a second, by which frame numbers are made times; null: they are the indices of the frames that come.</param>
    public ShotListStage(IEnumerable<ShotMark> marks, Rational offset, Rational? rate)
    {
        ShotMark[] all = [.. marks];
        _offset = offset;
        _frames = [.. all.Where(m => rate is null).Select(m => m.Frame).OfType<long>()];
        _times = new(all.Select(m => m.Seconds ?? (rate is { } r && m.Frame is { } frame ? new Rational(frame) / r : null)).OfType<Rational>().Distinct().Order());
    }

    public string Name => "shots";

    public int LatencyFrames => 0;

    public IReadOnlyList<Shot> Shots => _shots;

    /// <summary>Marks no frame has reached.</summary>
    public int Unused => _frames.Count(f => f > _last) + _times.Count;

    public void Process(VideoFrame frame, Queue<VideoFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (ready is null)
        {
            frame.Dispose();
            throw new ArgumentNullException(nameof(ready));
        }

        bool listed = IsListed(frame.Time);
        if (_first || listed || frame.StartsShot)
        {
            frame.StartsShot = true;
            _shots.Add(new Shot(frame.Time, _shots.Count == 0 ? ShotKind.Start : listed ? ShotKind.List : ShotKind.Cut));
        }

        _first = false;
        ready.Enqueue(frame);
    }

    /// <summary>Nothing is held back.</summary>
    public void Flush(Queue<VideoFrame> ready)
    {
    }

    /// <summary>The next frame is a first one. The place in the list stays.</summary>
    public void Reset() => _first = true;

    /// <summary>Holds no frame: nothing to do.</summary>
    public void Dispose()
    {
    }

    private bool IsListed(FrameTime time)
    {
        _last = time.Index;
        bool listed = _frames.Contains(time.Index);
        Rational now = time.PresentationTime - (_begin ??= time.PresentationTime) + _offset, until = now + (time.Duration / new Rational(2));
        while (_times.TryPeek(out Rational mark) && (mark < until || mark <= now))
            listed = _times.TryDequeue(out _);
        return listed;
    }
}
