using VideoMatte.Frames;

namespace VideoMatte.Testing;

/// <summary>A stage that holds back <paramref name="latency"/> frames, writes down how it was called, and can fail in every call.</summary>
public abstract class FakeStageBase<TIn, TOut>(string name, int latency) : IFrameStage<TIn, TOut>
    where TIn : class, IFrameCarrier
    where TOut : class, IFrameCarrier
{
    private readonly Queue<TOut> _held = new();
    private readonly List<string> _calls = [];
    private int _inCall;
    private int _disposals;

    public string Name => name;

    public int LatencyFrames => latency;

    /// <summary>The frame index whose Process throws <see cref="Fault"/>; null: none.</summary>
    public long? FaultOnProcess { get; init; }

    public bool FaultOnFlush { get; init; }

    public bool FaultOnReset { get; init; }

    public bool FaultOnDispose { get; init; }

    public Func<Exception> Fault { get; init; } = () => new InvalidOperationException("the stage broke");

    /// <summary>Frames it loses at the end, as a stage that ends early does: 0 or up to its latency.</summary>
    public int Loses { get; init; }

    /// <summary>True: holds one frame more than it announces.</summary>
    public bool HoldsTooMuch { get; init; }

    /// <summary>True: gives frames in pairs, the later first; needs a latency of 1.</summary>
    public bool SwapsFrames { get; init; }

    /// <summary>Called in Process, before anything else; where a test spins, waits or cancels.</summary>
    public Action<TIn> OnProcess { get; init; } = _ => { };

    public Action OnFlush { get; init; } = () => { };

    /// <summary><c>process N</c>, <c>flush</c>, <c>reset</c>, in order.</summary>
    public IReadOnlyList<string> Calls => _calls;

    /// <summary>Threads it was called on.</summary>
    public HashSet<int> Threads { get; } = [];

    public int Disposals => _disposals;

    public void Process(TIn frame, Queue<TOut> ready)
    {
        TIn? owned = frame;
        try
        {
            Enter(FormattableString.Invariant($"process {frame.Time.Index}"));
            OnProcess(frame);
            if (frame.Time.Index == FaultOnProcess)
                throw Fault();
            _held.Enqueue(Convert(frame));
            owned = null;
            if (SwapsFrames)
            {
                if (_held.Count < 2)
                    return;
                TOut first = _held.Dequeue();
                ready.Enqueue(_held.Dequeue());
                ready.Enqueue(first);
            }

            while (_held.Count > latency + (HoldsTooMuch ? 1 : 0))
                ready.Enqueue(_held.Dequeue());
        }
        finally
        {
            owned?.Dispose();
            Leave();
        }
    }

    public void Flush(Queue<TOut> ready)
    {
        try
        {
            Enter("flush");
            OnFlush();
            if (FaultOnFlush)
                throw Fault();
            for (int lost = 0; lost < Loses && _held.Count > 0; lost++)
                _held.Dequeue().Dispose();
            while (_held.TryDequeue(out TOut? frame))
                ready.Enqueue(frame);
        }
        finally
        {
            Leave();
        }
    }

    public void Reset()
    {
        try
        {
            Enter("reset");
            if (FaultOnReset)
                throw Fault();
            DropHeld();
        }
        finally
        {
            Leave();
        }
    }

    public void Dispose()
    {
        Interlocked.Increment(ref _disposals);
        DropHeld();
        GC.SuppressFinalize(this);
        if (FaultOnDispose)
            throw Fault();
    }

    /// <summary>Makes the frame to give; takes <paramref name="frame"/> over unless it throws.</summary>
    protected abstract TOut Convert(TIn frame);

    private void Enter(string call)
    {
        if (Interlocked.Exchange(ref _inCall, 1) != 0)
            throw new InvalidOperationException("two calls at once");
        ObjectDisposedException.ThrowIf(_disposals > 0, this);
        _calls.Add(call);
        Threads.Add(Environment.CurrentManagedThreadId);
    }

    private void Leave() => Volatile.Write(ref _inCall, 0);

    private void DropHeld()
    {
        while (_held.TryDequeue(out TOut? frame))
            frame.Dispose();
    }
}
