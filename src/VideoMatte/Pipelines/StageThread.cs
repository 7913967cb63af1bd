using System.Collections.Concurrent;

namespace VideoMatte.Pipelines;

/// <summary>A thread of its own for one stage. Stages are long CPU work; on the shared pool of a small machine they would keep the
/// readers of the pipes from running.</summary>
internal sealed class StageThread : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _work = [];
    private readonly Thread _thread;

    public StageThread(string name)
    {
        _thread = new Thread(Work) { IsBackground = true, Name = "stage " + name };
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
        foreach (Task task in _work.GetConsumingEnumerable())
            TryExecuteTask(task);
        // Not disposed: CompleteAdding may still be inside the collection, which holds nothing that the collector could not take.
    }
}
