using VideoMatte.Frames;

namespace VideoMatte.Matting;

/// <summary>A recurrent model that sees the first frames of a shot backwards (N, N-1, ..., 1) before its frame 0, so that frame 0 meets a
/// settled state. Every frame goes out as the inner model makes it.</summary>
/// <remarks>A shot begins at the first frame of all, after <see cref="Reset"/>, and where the format changes. Its first N frames wait for the
/// one after them; then two go out for each that comes, so that the stages behind are not kept waiting for N frames and then get them in one
/// burst. A shot of fewer frames warms up with what it has, when it is flushed. Nothing is copied: the network looks at the frames that wait.
/// The cost is N runs of the network a shot, and N frames of memory.</remarks>
public sealed class WarmedMattingModel : WrappedMattingModel
{
    /// <summary>Frames of pre-roll where nobody names a number: the least tried that brings frame 0 of each of five composites within a
    /// quarter of the cold start's distance to where 30 frames bring it.</summary>
    public const int DefaultFrames = 15;

    private const int GivenForEach = 2;

    private readonly IRecurrentModel _recurrent;
    private readonly int _frames;
    private readonly Queue<VideoFrame> _held = new();
    private FrameFormat? _format;
    private bool _isWarm;
    private bool _disposed;
    private volatile bool _calledOff;

    /// <param name="inner">Moves in, and is disposed with this; holds nothing back.</param>
    /// <param name="frames">N, 1 or more.</param>
    public WarmedMattingModel(IRecurrentModel inner, int frames)
        : base(inner)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        if (inner.LatencyFrames != 0)
            throw new ArgumentException("a model is warmed up frame by frame", nameof(inner));
        _recurrent = inner;
        _frames = frames;
    }

    public override int LatencyFrames => base.LatencyFrames + _frames;

    public override void Process(VideoFrame frame, Queue<MattedFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(frame);
        try
        {
            ArgumentNullException.ThrowIfNull(ready);
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (frame.Format != _format)
            {
                GiveAll(ready);
                (_format, _isWarm) = (frame.Format, false);
            }
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        _held.Enqueue(frame);
        if (!_isWarm && _held.Count <= _frames)
            return;
        WarmUp();
        Give(GivenForEach, ready);
    }

    public override void Flush(Queue<MattedFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        GiveAll(ready);
        base.Flush(ready);
    }

    public override void Reset()
    {
        DropHeld();
        _isWarm = false;
        base.Reset();
    }

    /// <summary>Ends a pre-roll under way, which may take seconds.</summary>
    public override void Interrupt()
    {
        _calledOff = true;
        base.Interrupt();
    }

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        DropHeld();
        base.Dispose(disposing);
    }

    private void GiveAll(Queue<MattedFrame> ready)
    {
        if (_held.Count > 0)
            WarmUp();
        Give(_held.Count, ready);
    }

    private void WarmUp()
    {
        if (_isWarm)
            return;
        foreach (VideoFrame frame in _held.Skip(1).Reverse())
        {
            ThrowIfCalledOff();
            _recurrent.Observe(frame);
        }

        _isWarm = true;
    }

    private void Give(int most, Queue<MattedFrame> ready)
    {
        for (int i = 0; i < most && _held.Count > 0; i++)
        {
            ThrowIfCalledOff();
            base.Process(_held.Dequeue(), ready);
        }
    }

    private void ThrowIfCalledOff()
    {
        if (_calledOff)
            throw new OperationCanceledException("the warm-up was called off");
    }

    private void DropHeld()
    {
        while (_held.TryDequeue(out VideoFrame? frame))
            frame.Dispose();
    }
}
