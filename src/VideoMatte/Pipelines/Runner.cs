namespace VideoMatte.Pipelines;

/// <summary>Drives one station of the line: reader, stage or writer. Counts its frames and the time it works (as against waiting for its
/// neighbours).</summary>
internal abstract class Runner(string name, TimeProvider time)
{
    private long _busy;

    public string Name { get; } = name;

    /// <summary>Frames given on (by the writer: taken).</summary>
    public long Frames { get; protected set; }

    /// <summary>Index of the frame being worked on, for the error that may come of it.</summary>
    protected long? InHand { get; set; }

    /// <summary>True where a child process stands behind it.</summary>
    protected virtual bool IsAnEnd => false;

    /// <summary>Share of <paramref name="ticks"/> (of the time provider) it worked, 0..1.</summary>
    public double BusyShare(long ticks) => ticks <= 0 ? 0 : Math.Clamp((double)_busy / ticks, 0, 1);

    /// <summary>Works until the end, a fault or a stop; a fault goes to <paramref name="faults"/> and to both neighbours. Never throws.</summary>
    public async Task RunAsync(FaultSlot faults)
    {
        Exception? error = null;
        try
        {
            await PumpAsync(faults.Stop);
        }
        catch (Exception caught)
        {
            error = caught;
            // Told before the queues are: what the neighbours then see of it comes second.
            await faults.RaiseAsync(Name, InHand, caught, IsAnEnd);
        }

        Close(error);
    }

    protected abstract Task PumpAsync(CancellationToken stop);

    /// <summary>Ends the queues beside this station: after a fault with it, so that nothing downstream looks finished.</summary>
    protected abstract void Close(Exception? error);

    protected long Begin() => time.GetTimestamp();

    protected void End(long begun) => _busy += time.GetTimestamp() - begun;
}
