using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>What writes one output of a <see cref="MediaWriter"/>; disposing frees what it holds and removes nothing.</summary>
internal interface IOutputEncoder : IAsyncDisposable
{
    OutputSpec Output { get; }

    /// <summary>Where it writes until the output is whole.</summary>
    PartialOutput Partial { get; }

    /// <summary>Taken so far.</summary>
    long Frames { get; }

    IReadOnlyList<MatteWarning> Warnings { get; }

    /// <summary>Writes one frame, which stays the caller's and is read until the task ends.</summary>
    /// <exception cref="MatteException">The output cannot be written.</exception>
    ValueTask WriteAsync(MattedFrame frame, CancellationToken cancellationToken);

    /// <summary>Ends the output and waits for it.</summary>
    /// <exception cref="MatteException">It failed.</exception>
    Task FinishAsync(CancellationToken cancellationToken);

    /// <summary>Looks into the finished output by a decoder.</summary>
    /// <exception cref="MatteException">Frames are missing, or alpha is not what was sent.</exception>
    Task VerifyAsync(CancellationToken cancellationToken);

    /// <summary>Stops the work and removes what was written. Nothing is thrown.</summary>
    ValueTask AbortAsync();
}
