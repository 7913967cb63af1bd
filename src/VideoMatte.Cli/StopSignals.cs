using System.Runtime.InteropServices;

namespace VideoMatte.Cli;

/// <summary>Ctrl-C and a polite kill ask the work to stop and clean up, which takes less than <see cref="Patience"/>; another Ctrl-C after
/// that ends the program at once, whatever is left lying about.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>People press it twice: within this time the second is the first.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private long _asked;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
    ];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // The default action would end the process with half-written files behind it.
        context.Cancel = true;
        long now = TimeProvider.System.GetTimestamp(), first = Interlocked.CompareExchange(ref _asked, now, 0);
        if (first != 0 && TimeProvider.System.GetElapsedTime(first, now) > Patience)
            Environment.Exit(ExitCode.Stopped);
        _source.Cancel();
    }
}
