namespace VideoMatte.Pipelines;

/// <summary>A write came after the queue was completed, faulted or disposed; the item has been disposed.</summary>
public sealed class FrameQueueClosedException : InvalidOperationException
{
    /// <param name="fault">What the queue was faulted with; null where it was completed.</param>
    public FrameQueueClosedException(Exception? fault)
        : base("the queue takes no more items", fault)
    {
    }
}
