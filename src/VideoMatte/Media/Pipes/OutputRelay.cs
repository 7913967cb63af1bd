namespace VideoMatte.Media.Pipes;

/// <summary>Carries what a child writes to its standard output on to ours, and waits as long as whoever reads there does.</summary>
internal sealed class OutputRelay
{
    private const int PieceBytes = 1 << 20;

    private readonly FfmpegProcess _child;
    private readonly Stream _to;
    private readonly BlockingCalls _calls = new("standard output");
    private readonly CancellationTokenSource _stop = new();

    private OutputRelay(FfmpegProcess child, Stream to)
    {
        _child = child;
        _to = to;
        Ended = Task.Run(PumpAsync, CancellationToken.None);
    }

    /// <summary>Ends when all is handed on, or cannot be. Never fails.</summary>
    public Task Ended { get; }

    /// <summary>Bytes handed on.</summary>
    public long Bytes { get; private set; }

    /// <summary>Why they are not taken any more; null: they are.</summary>
    public IOException? Fault { get; private set; }

    /// <param name="child">Stays the caller's; killed where nobody takes what it gives.</param>
    /// <param name="to">Stays the caller's.</param>
    public static OutputRelay Start(FfmpegProcess child, Stream to) => new(child, to);

    /// <summary>Gives up, at once.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
    }

    private async Task PumpAsync()
    {
        byte[] piece = GC.AllocateUninitializedArray<byte>(PieceBytes);
        try
        {
            for (int read; (read = await _child.ReadAsync(piece, _stop.Token).ConfigureAwait(false)) > 0;)
            {
                int count = read;
                await _calls.RunAsync(() => Hand(piece, count), _stop.Token).ConfigureAwait(false);
                Bytes += count;
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for the rest.
        }
        catch (IOException e)
        {
            Fault = e;
            _child.Kill();
        }

        _calls.End();
    }

    private int Hand(byte[] piece, int count)
    {
        _to.Write(piece, 0, count);
        _to.Flush();
        return count;
    }
}
