using VideoMatte.Frames;

namespace VideoMatte.Matting;

/// <summary>A model that sees each frame by itself: one matte for each, nothing held back, nothing remembered.</summary>
/// <param name="pool">For the mattes.</param>
public abstract class FrameMattingModel(IFramePool pool) : IMattingModel
{
    private readonly IFramePool _pool = pool ?? throw new ArgumentNullException(nameof(pool));

    public string Name => "matting";

    public int LatencyFrames => 0;

    public abstract MattingModelInfo Info { get; }

    public virtual IReadOnlyList<MatteWarning> Warnings => [];

    public void Process(VideoFrame frame, Queue<MattedFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(frame);
        AlphaMatte? alpha = null;
        try
        {
            ArgumentNullException.ThrowIfNull(ready);
            alpha = AlphaMatte.Rent(_pool, frame.Format.Width, frame.Format.Height);
            Estimate(frame, alpha);
            ready.Enqueue(new MattedFrame(frame, alpha));
        }
        catch (Exception error)
        {
            (error as MatteException)?.Locate(Name, frame.Time.Index);
            frame.Dispose();
            alpha?.Dispose();
            throw;
        }
    }

    /// <summary>Nothing is held back.</summary>
    public void Flush(Queue<MattedFrame> ready) => ArgumentNullException.ThrowIfNull(ready);

    /// <summary>Nothing is remembered, unless a model says so.</summary>
    public virtual void Reset()
    {
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <param name="frame">Borrowed.</param>
    /// <param name="alpha">Of the frame's size, its samples undefined; all are written.</param>
    protected abstract void Estimate(VideoFrame frame, AlphaMatte alpha);

    /// <param name="disposing">True: called by <see cref="Dispose()"/>.</param>
    protected abstract void Dispose(bool disposing);
}
