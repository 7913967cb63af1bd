namespace VideoMatte.Media.Pipes;

/// <summary>Calls that may wait for ever (a read of standard input, a write to standard output), one after another on a thread of their
/// own: the waiting can be given up, the call cannot, and its thread does not keep the program from ending.</summary>
internal sealed class BlockingCalls
{
    private readonly SemaphoreSlim _asked = new(0);
    private readonly Thread _thread;
    private Func<int> _call = () => 0;
    private TaskCompletionSource<int> _answer = new();
    private volatile bool _ended;

    /// <param name="name">Of the thread.</param>
    public BlockingCalls(string name)
    {
        _thread = new Thread(Work) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Makes one call. After a wait that was given up no other is made.</summary>
    /// <param name="call">What it borrows must stay until it has ended, also where the wait was given up.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    public async Task<int> RunAsync(Func<int> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_ended, this);
        _call = call;
        _answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked.Release();
        try
        {
            return await _answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            End();
            throw;
        }
    }

    /// <summary>Lets the thread end, after the call it is in.</summary>
    public void End()
    {
        _ended = true;
        _asked.Release();
    }

    private void Work()
    {
        while (true)
        {
            _asked.Wait();
            if (_ended)
                return;
            try
            {
                _answer.SetResult(_call());
            }
            catch (Exception error)
            {
                _answer.SetException(error);
            }
        }
    }
}
