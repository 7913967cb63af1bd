using System.Runtime.ExceptionServices;

namespace VideoMatte.Temporal.Flow;

/// <summary>Does work in two bands, with a second thread's help where two are allowed. Bands are taken, not given: where no thread of the pool is free
/// the caller does both, and never waits for one that has not begun. What comes out may not depend on who did which.</summary>
/// <remarks>The steps of a flow take microseconds, so that helper and caller wait for each other spinning, and only between
/// <see cref="Begin"/> and <see cref="End"/>. Nothing is allocated.</remarks>
internal sealed class FlowCrew(int threads) : IThreadPoolWorkItem
{
    public const int Bands = 2;

    private Action<int>? _work;
    private ExceptionDispatchInfo? _fault;
    private int _taken = Bands;
    private int _done;
    private int _open;

    /// <summary>The rows of a band.</summary>
    public static (int First, int End) Rows(int count, int band) => (count * band / Bands, count * (band + 1) / Bands);

    /// <summary>Calls for help, where a second thread is allowed.</summary>
    public void Begin()
    {
        if (threads < Bands)
            return;
        Volatile.Write(ref _open, 1);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Lets the helper go.</summary>
    public void End() => Volatile.Write(ref _open, 0);

    /// <summary>Does both bands of a piece of work and returns when both are done.</summary>
    /// <param name="work">Called with 0 and with 1.</param>
    /// <param name="alone">The work is too small to share.</param>
    public void Run(Action<int> work, bool alone)
    {
        if (alone || threads < Bands)
        {
            for (int band = 0; band < Bands; band++)
                work(band);
            return;
        }

        // The order matters: whoever takes a band must see this work.
        (_work, _done) = (work, 0);
        Volatile.Write(ref _taken, 0);
        while (Take())
        {
        }

        SpinWait spin = default;
        while (Volatile.Read(ref _done) < Bands)
            spin.SpinOnce(sleep1Threshold: -1);
        Interlocked.Exchange(ref _fault, null)?.Throw();
    }

    void IThreadPoolWorkItem.Execute()
    {
        SpinWait spin = default;
        while (Volatile.Read(ref _open) == 1)
        {
            if (Take())
                spin.Reset();
            else
                spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    private bool Take()
    {
        if (Volatile.Read(ref _taken) >= Bands)
            return false;
        int band = Interlocked.Increment(ref _taken) - 1;
        if (band >= Bands)
            return false;
        try
        {
            _work!(band);
        }
        catch (Exception e)
        {
            Volatile.Write(ref _fault, ExceptionDispatchInfo.Capture(e));
        }

        Interlocked.Increment(ref _done);
        return true;
    }
}
