namespace VideoMatte.Media;

/// <summary>Fires once when one wait lasts longer than allowed. Runs only between <see cref="Begin"/> and <see cref="End"/>; waits do not
/// add up. At most one reader and one writer may wait at the same time: each has a watch of its own.</summary>
internal sealed class StallWatch : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Action _stalled;
    private readonly Func<bool>? _stillMoving;
    private readonly ITimer _timer;
    private bool _waiting;
    private bool _fired;

    /// <param name="limit">Longest single wait; <see cref="Timeout.InfiniteTimeSpan"/> never fires.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stalled">Called once, on a timer's thread.</param>
    /// <param name="stillMoving">Asked when the limit is reached: true grants one more.</param>
    public StallWatch(TimeSpan limit, TimeProvider time, Action stalled, Func<bool>? stillMoving = null)
    {
        Limit = limit;
        _stalled = stalled;
        _stillMoving = stillMoving;
        _timer = time.CreateTimer(static watch => ((StallWatch)watch!).Elapsed(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TimeSpan Limit { get; }

    public void Begin()
    {
        lock (_lock)
        {
            _waiting = true;
            _timer.Change(Limit, Timeout.InfiniteTimeSpan);
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _waiting = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Stops the timer and waits for a call of the action that is under way.</summary>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Elapsed()
    {
        lock (_lock)
        {
            if (!_waiting || _fired)
                return;
            if (_stillMoving?.Invoke() == true)
            {
                _timer.Change(Limit, Timeout.InfiniteTimeSpan);
                return;
            }

            _fired = true;
        }

        _stalled();
    }
}
