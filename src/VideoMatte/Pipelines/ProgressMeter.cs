namespace VideoMatte.Pipelines;

/// <summary>Turns a count of frames into reports: at most ten a second, the rate taken over the last five seconds.</summary>
internal sealed class ProgressMeter(IProgress<PipelineProgress>? sink, long? total, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    /// <summary>Longer than this is no forecast.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1000);

    private readonly Queue<(long Stamp, long Frames)> _samples = new();
    private (long Stamp, long Frames)? _oldest;
    private long _last;

    /// <summary>Reports, unless it did so less than a tenth of a second ago.</summary>
    public void Report(long done)
    {
        if (sink is null || (_oldest is not null && time.GetElapsedTime(_last) < Interval))
            return;
        Send(done);
    }

    /// <summary>Reports in any case.</summary>
    public void Finish(long done)
    {
        if (sink is not null)
            Send(done);
    }

    private void Send(long done)
    {
        long now = _last = time.GetTimestamp();
        _samples.Enqueue((now, done));
        // The oldest sample kept is the last one that lies outside the window, so that a slow run has a rate, too.
        while (_oldest is null || (_samples.Count > 1 && time.GetElapsedTime(_samples.Peek().Stamp, now) >= Window))
            _oldest = _samples.Dequeue();
        double seconds = time.GetElapsedTime(_oldest.Value.Stamp, now).TotalSeconds;
        double rate = seconds > 0 ? (done - _oldest.Value.Frames) / seconds : 0;
        long? whole = total is { } announced ? Math.Max(announced, done) : null;
        double left = whole is { } all && rate > 0 ? (all - done) / rate : double.PositiveInfinity;
        sink!.Report(new PipelineProgress(done, whole, rate, left < Longest.TotalSeconds ? TimeSpan.FromSeconds(left) : null));
    }
}
