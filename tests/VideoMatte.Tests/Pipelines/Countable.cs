namespace VideoMatte.Tests.Pipelines;

/// <summary>An item that knows how often it was disposed.</summary>
internal sealed class Countable(int producer, int number) : IDisposable
{
    private int _disposals;

    public int Producer => producer;

    public int Number => number;

    public int Disposals => Volatile.Read(ref _disposals);

    public void Dispose() => Interlocked.Increment(ref _disposals);
}
