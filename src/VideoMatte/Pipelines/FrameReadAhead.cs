using System.Collections.Concurrent;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>Reads a side file (a background, a matte) ahead of the stage that wants its frames. The stage runs on a thread of its own and
/// waits here; the reader is awaited on another.</summary>
internal sealed class FrameReadAhead : IInterruptible, IDisposable
{
    /// <summary>Frames read ahead: one in the hand, one ready.</summary>
    public const int Ahead = 2;

    private readonly IFrameReader _reader;
    private readonly BlockingCollection<VideoFrame> _ready = new(Ahead);
    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _ended = new();
    private Exception? _fault;

    /// <param name="reader">Moves in.</param>
    public FrameReadAhead(IFrameReader reader)
    {
        _reader = reader;
        _ = Task.Run(PumpAsync, CancellationToken.None);
    }

    /// <summary>The next frame, which moves to the caller; null at the end, and from then on.</summary>
    /// <exception cref="MatteException">The reader's.</exception>
    public VideoFrame? Take()
    {
        try
        {
            return _ready.Take(_stop.Token);
        }
        catch (InvalidOperationException)
        {
            return _fault is null ? null : throw _fault;
        }
    }

    public void Interrupt() => _stop.Cancel();

    public void Dispose()
    {
        _stop.Cancel();
        // The pump answers a cancellation at once; when it has ended, so has the reader's child.
        _ended.Wait(CancellationToken.None);
        while (_ready.TryTake(out VideoFrame? frame))
            frame.Dispose();
        _ready.Dispose();
        _ended.Dispose();
        _stop.Dispose();
    }

    private async Task PumpAsync()
    {
        VideoFrame? inHand = null;
        try
        {
            while ((inHand = await _reader.ReadAsync(_stop.Token).ConfigureAwait(false)) is not null)
            {
                _ready.Add(inHand, _stop.Token);
                inHand = null;
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed: nobody waits any more.
        }
        catch (Exception error)
        {
            _fault = error;
        }
        finally
        {
            inHand?.Dispose();
            await _reader.DisposeAsync().ConfigureAwait(false);
            _ready.CompleteAdding();
            _ended.Set();
        }
    }
}
