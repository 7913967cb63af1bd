using System.Diagnostics;

namespace VideoMatte.Media;

/// <summary>The three streams of a child. Waits on standard input and output are watched; standard error is drained all along and its end
/// kept. One reader and one writer at a time.</summary>
/// <remarks>The stall timers run only while a read or a write is pending. What the child says on standard error is no progress.</remarks>
internal sealed class ChildPipes : IAsyncDisposable
{
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly StallWatch _readWatch;
    private readonly StallWatch _writeWatch;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Func<bool> _stalled;
    private int _inputClosed;

    /// <param name="process">Started, its streams redirected; stays the caller's.</param>
    /// <param name="errorTailBytes">Of standard error, what is kept.</param>
    /// <param name="stallLimit">Longest single wait.</param>
    /// <param name="time">The clock of the stall timers.</param>
    /// <param name="onStall">Called once a wait lasted too long; it ends the wait by killing the child or by <see cref="Break"/>.</param>
    /// <param name="stalled">True from then on.</param>
    public ChildPipes(Process process, int errorTailBytes, TimeSpan stallLimit, TimeProvider time, Action onStall, Func<bool> stalled)
    {
        _input = process.StandardInput.BaseStream;
        _output = process.StandardOutput.BaseStream;
        PipeSize.Enlarge(_input);
        PipeSize.Enlarge(_output);
        _readWatch = new StallWatch(stallLimit, time, onStall);
        _writeWatch = new StallWatch(stallLimit, time, onStall);
        _stalled = stalled;
        Errors = new TailBuffer(errorTailBytes);
        ErrorsEnded = PumpErrorsAsync(process.StandardError.BaseStream);
    }

    /// <summary>What came on standard error so far.</summary>
    public TailBuffer Errors { get; }

    /// <summary>Done at the end of standard error.</summary>
    public Task ErrorsEnded { get; }

    /// <summary>Reads what is there from standard output; 0 at its end, also where the child was killed or stalled.</summary>
    /// <remarks>Cancelling ends the wait, not the child.</remarks>
    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        ValueTask<int> read = _output.ReadAsync(into, cancellationToken);
        if (read.IsCompletedSuccessfully)
            return read.Result;
        _readWatch.Begin();
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException || (e is OperationCanceledException && _stalled()))
        {
            return 0;
        }
        finally
        {
            _readWatch.End();
        }
    }

    /// <summary>Writes all of <paramref name="bytes"/> to standard input.</summary>
    /// <exception cref="IOException">The child has closed its end or is gone: its exit code says why.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ValueTask write = _input.WriteAsync(bytes, cancellationToken);
        if (write.IsCompletedSuccessfully)
            return;
        _writeWatch.Begin();
        try
        {
            await write.ConfigureAwait(false);
        }
        catch (Exception e) when (e is ObjectDisposedException || (e is OperationCanceledException && _stalled()))
        {
            throw new IOException("the pipe to the child is closed", e);
        }
        finally
        {
            _writeWatch.End();
        }
    }

    /// <summary>Closes standard input: a decoder needs none, an encoder finishes its file now. May be called again.</summary>
    public void CloseInput()
    {
        if (Interlocked.Exchange(ref _inputClosed, 1) != 0)
            return;
        try
        {
            _input.Dispose();
        }
        catch (IOException)
        {
            // The child is gone; its exit code tells more than a broken pipe.
        }
    }

    /// <summary>Reads and drops standard output until its end: an encoder that writes to a file may still talk.</summary>
    public async Task DrainOutputAsync(CancellationToken cancellationToken)
    {
        byte[] part = new byte[4096];
        while (await _output.ReadAsync(part, cancellationToken).ConfigureAwait(false) > 0)
        {
        }
    }

    /// <summary>Ends all waits on a child that is gone but whose other ends something below it still holds, input last.</summary>
    public void Break()
    {
        _output.Dispose();
        CloseInput();
    }

    /// <summary>No stall is noticed from here on; one that is being dealt with is waited for.</summary>
    public async ValueTask EndWatchingAsync()
    {
        await _readWatch.DisposeAsync().ConfigureAwait(false);
        await _writeWatch.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        await ErrorsEnded.ConfigureAwait(false);
        await _output.DisposeAsync().ConfigureAwait(false);
        _disposed.Dispose();
    }

    private async Task PumpErrorsAsync(Stream errors)
    {
        byte[] part = new byte[4096];
        try
        {
            for (int read; (read = await errors.ReadAsync(part, _disposed.Token).ConfigureAwait(false)) > 0;)
                Errors.Add(part.AsSpan(0, read));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The child is gone or nobody listens any more.
        }

        await errors.DisposeAsync().ConfigureAwait(false);
    }
}
