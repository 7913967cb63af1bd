using System.Globalization;
using System.Runtime.ExceptionServices;
using VideoMatte.Frames;

namespace VideoMatte.Pipelines;

/// <summary>Where a run's first fault is kept, and the token that stops everything else once there is one or the caller asked.</summary>
internal sealed class FaultSlot : IDisposable
{
    private readonly CancellationToken _asked;
    private readonly CancellationTokenSource _stop;
    private readonly Lock _lock = new();
    private readonly List<string> _notes = [];
    private MatteException? _first;
    private bool _atAnEnd;

    /// <param name="asked">The caller's wish to stop.</param>
    public FaultSlot(CancellationToken asked)
    {
        _asked = asked;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(asked);
        Stop = _stop.Token;
    }

    /// <summary>Cancelled by the caller or by the first fault.</summary>
    public CancellationToken Stop { get; }

    /// <summary>What went wrong while cleaning up; it never replaces the error that led there.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_lock)
                return [.. _notes];
        }
    }

    /// <summary>Keeps the error if it is the first and no stop was asked for, then stops the others. Never throws.</summary>
    /// <param name="stage">Who failed; null where it was none of them.</param>
    /// <param name="frame">Index of the frame in hand, if one was.</param>
    /// <param name="error">A stop's own echo is told apart from a stage's failure here.</param>
    /// <param name="atAnEnd">The stage leads a child process: reader or writer.</param>
    public async Task RaiseAsync(string? stage, long? frame, Exception error, bool atAnEnd = false)
    {
        lock (_lock)
        {
            bool echo = _asked.IsCancellationRequested || (error is OperationCanceledException && Stop.IsCancellationRequested);
            if (!echo && _first is null)
            {
                _first = Attribute(stage, frame, error);
                _atAnEnd = atAnEnd;
            }
        }

        await GuardAsync("stopping", async () => await _stop.CancelAsync().ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Does one step of the cleaning up; what it throws becomes a note.</summary>
    public async Task GuardAsync(string what, Func<ValueTask> step)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            lock (_lock)
                _notes.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {error.GetType().Name}: {error.Message}"));
        }
    }

    /// <summary>Gives the fault, or else the cancellation, to the caller; called after everything has ended.</summary>
    /// <remarks>A terminal's Ctrl-C reaches child processes as well as us, and a child may die before the token is cancelled: the death
    /// of one at either end is cancellation, too, where a stop has been asked for by the time it would be told.</remarks>
    public void ThrowIfAny()
    {
        if (_first is not null && !(_atAnEnd && _asked.IsCancellationRequested))
        {
            if (Notes.Count > 0)
                _first.Detail = string.Join('\n', new[] { _first.Detail }.Concat(Notes.Select(n => "then, " + n)).Where(l => l is not null));
            ExceptionDispatchInfo.Throw(_first);
        }

        _asked.ThrowIfCancellationRequested();
    }

    public void Dispose() => _stop.Dispose();

    private static MatteException Attribute(string? stage, long? frame, Exception error)
    {
        string where = frame is { } index ? string.Create(CultureInfo.InvariantCulture, $" on frame {index}") : "";
        MatteException matte = error as MatteException ?? new MatteException(
            ErrorKind.Defect,
            "defect",
            $"the stage {stage} failed{where} with {error.GetType().Name} ({error.Message}), which is a defect of this program: please report it",
            error);
        matte.Stage ??= stage;
        matte.FrameIndex ??= frame;
        return matte;
    }
}
