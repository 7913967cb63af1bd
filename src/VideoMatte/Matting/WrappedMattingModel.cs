using VideoMatte.Frames;
using VideoMatte.Matting.Fallback;
using VideoMatte.Matting.Subject;

namespace VideoMatte.Matting;

/// <summary>A model around a model: what the inner one says of itself is passed on, and what it makes is worked on before it goes out.</summary>
public abstract class WrappedMattingModel : IMattingModel, IInterruptible, IPointable
{
    private readonly IMattingModel _inner;
    private readonly Queue<MattedFrame> _made = new();

    /// <param name="inner">Moves in, and is disposed with this.</param>
    protected WrappedMattingModel(IMattingModel inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
    }

    public string Name => _inner.Name;

    public virtual int LatencyFrames => _inner.LatencyFrames;

    /// <summary>The inner model's.</summary>
    public MattingModelInfo Info => _inner.Info;

    public bool GivesForeground => _inner.GivesForeground;

    public virtual IReadOnlyList<FallbackRange> Fallbacks => _inner.Fallbacks;

    public virtual IReadOnlyList<MatteWarning> Warnings => _inner.Warnings;

    public virtual void Process(VideoFrame frame, Queue<MattedFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (ready is null)
        {
            frame.Dispose();
            throw new ArgumentNullException(nameof(ready));
        }

        _inner.Process(frame, _made);
        Pass(ready);
    }

    public virtual void Flush(Queue<MattedFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        _inner.Flush(_made);
        Pass(ready);
    }

    public virtual void Reset()
    {
        Drop();
        _inner.Reset();
    }

    public virtual void PointAt(IReadOnlyList<SubjectPrompt> prompts, Rational begin) => (_inner as IPointable)?.PointAt(prompts, begin);

    public virtual void Interrupt() => (_inner as IInterruptible)?.Interrupt();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Works on a frame and gives what is ready.</summary>
    /// <param name="frame">Moves in, also where the call fails.</param>
    /// <param name="ready">Gets what is ready, in order.</param>
    protected virtual void Take(MattedFrame frame, Queue<MattedFrame> ready)
    {
        try
        {
            Change(frame);
        }
        catch (Exception error)
        {
            (error as MatteException)?.Locate(Name, frame.Time.Index);
            frame.Dispose();
            throw;
        }

        ready.Enqueue(frame);
    }

    /// <param name="frame">Borrowed; its matte may be changed.</param>
    protected virtual void Change(MattedFrame frame)
    {
    }

    /// <param name="disposing">True: called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        Drop();
        _inner.Dispose();
    }

    private void Pass(Queue<MattedFrame> ready)
    {
        while (_made.TryDequeue(out MattedFrame? frame))
            Take(frame, ready);
    }

    private void Drop()
    {
        while (_made.TryDequeue(out MattedFrame? left))
            left.Dispose();
    }
}
