namespace VideoMatte.Media.Pipes;

/// <summary>Carries a piped input to the decoder that reads it. Waits as long as the input does.</summary>
internal sealed class InputRelay : IAsyncDisposable
{
    private const int PieceBytes = 1 << 20;

    private readonly PipedInput _input;
    private readonly FfmpegProcess _decoder;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pump;

    private InputRelay(PipedInput input, FfmpegProcess decoder)
    {
        _input = input;
        _decoder = decoder;
        _pump = Task.Run(PumpAsync, CancellationToken.None);
    }

    /// <summary>Why the input could not be read to its end; null: it could.</summary>
    public Exception? Fault { get; private set; }

    /// <param name="input">Claimed; read once.</param>
    /// <param name="decoder">Stays the caller's, and outlives the relay.</param>
    public static InputRelay Start(PipedInput input, FfmpegProcess decoder)
    {
        input.Take();
        return new InputRelay(input, decoder);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _pump.ConfigureAwait(false);
        _input.End();
        _stop.Dispose();
    }

    private async Task PumpAsync()
    {
        byte[] piece = GC.AllocateUninitializedArray<byte>(PieceBytes);
        try
        {
            for (int read; (read = await _input.ReadAsync(piece, _stop.Token).ConfigureAwait(false)) > 0;)
                await _decoder.WriteAsync(piece.AsMemory(0, read), _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The decoder has what it wanted, or is gone: its reader knows which.
        }
        catch (Exception e)
        {
            Fault = e;
        }

        _decoder.CloseInput();
    }
}
