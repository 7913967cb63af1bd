using System.Runtime.InteropServices;

namespace VideoMatte.Cli;

/// <summary>Ctrl-C and a polite kill ask the work to stop and clean up; a second Ctrl-C ends the program at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _asked;

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
        if (Interlocked.Increment(ref _asked) > 1)
            Environment.Exit(ExitCode.Stopped);
        _source.Cancel();
    }
}
