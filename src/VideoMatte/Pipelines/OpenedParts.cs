namespace VideoMatte.Pipelines;

/// <summary>Parts that were opened for a run and belong to nobody yet: disposed in reverse, unless handed over.</summary>
internal sealed class OpenedParts : IAsyncDisposable
{
    private readonly List<object> _parts = [];

    public T Add<T>(T part)
        where T : class
    {
        _parts.Add(part);
        return part;
    }

    /// <summary>From here on the pipeline disposes them.</summary>
    public void HandOver() => _parts.Clear();

    public async ValueTask DisposeAsync()
    {
        for (int i = _parts.Count - 1; i >= 0; i--)
        {
            if (_parts[i] is IAsyncDisposable later)
                await later.DisposeAsync().ConfigureAwait(false);
            else
                (_parts[i] as IDisposable)?.Dispose();
        }
    }
}
