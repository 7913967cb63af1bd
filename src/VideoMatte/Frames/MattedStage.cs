namespace VideoMatte.Frames;

/// <summary>A stage that changes each matted frame in place and holds none back. A frame whose change fails is disposed.</summary>
public abstract class MattedStage : IFrameStage<MattedFrame, MattedFrame>
{
    public abstract string Name { get; }

    public int LatencyFrames => 0;

    public void Process(MattedFrame frame, Queue<MattedFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(frame);
        try
        {
            ArgumentNullException.ThrowIfNull(ready);
            if (frame.Alpha.Width != frame.Picture.Format.Width || frame.Alpha.Height != frame.Picture.Format.Height)
                throw new ArgumentException($"{Name}: the matte is not of the picture's size", nameof(frame));
            Apply(frame);
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        ready.Enqueue(frame);
    }

    /// <summary>Nothing is held back.</summary>
    public void Flush(Queue<MattedFrame> ready)
    {
    }

    /// <summary>Forgets earlier frames; a stage without memory has nothing to do.</summary>
    public virtual void Reset()
    {
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Changes the frame, which stays the caller's; matte and picture are of one size.</summary>
    protected abstract void Apply(MattedFrame frame);

    protected virtual void Dispose(bool disposing)
    {
    }
}
