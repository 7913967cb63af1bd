using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace VideoMatte.Pipelines;

/// <summary>A thread of its own for one stage. Stages are long CPU work; on the shared pool of a small machine they would keep the
/// readers of the pipes from running.</summary>
internal sealed partial class StageThread : TaskScheduler, IDisposable
{
    /// <summary>Linux's nice value of a stage that should run in what others leave.</summary>
    private const int Nice = 5;

    private readonly BlockingCollection<Task> _work = [];
    private readonly Thread _thread;
    private readonly bool _yields;

    /// <param name="name">Of the stage.</param>
    /// <param name="yields">True: where all processors are busy, it lets others go first. A network's threads wait for each other after every
    /// operation, and one that lost its processor to another stage holds all of them up.</param>
    public StageThread(string name, bool yields = false)
    {
        _yields = yields;
        _thread = new Thread(Work) { IsBackground = true, Name = "stage " + name, Priority = yields ? ThreadPriority.BelowNormal : ThreadPriority.Normal };
        _thread.Start();
    }

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs the body, and whatever follows an await in it, on this thread.</summary>
    public Task RunAsync(Func<Task> body) =>
        Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Lets the thread end once it has nothing left to do. What was started must have ended.</summary>
    public void Dispose() => _work.CompleteAdding();

    protected override void QueueTask(Task task) => _work.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        Thread.CurrentThread == _thread && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [.. _work];

    private void Work()
    {
        // There .NET leaves a thread's priority as it is; a nice value is a thread's own, and raising it needs no right. Refused, it stays.
        if (_yields && OperatingSystem.IsLinux())
            _ = SetPriority(0, 0, Nice);
        foreach (Task task in _work.GetConsumingEnumerable())
            TryExecuteTask(task);
        // Not disposed: CompleteAdding may still be inside the collection, which holds nothing that the collector could not take.
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int nice);
}
