using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Takes matted frames into one or more files. Nothing has its final name before <see cref="CommitAsync"/> succeeded; disposing
/// without it aborts.</summary>
public interface IFrameWriter : IAsyncDisposable
{
    /// <summary>Frames taken so far.</summary>
    long FramesWritten { get; }

    /// <summary>Takes the frame over, also when it throws.</summary>
    ValueTask WriteAsync(MattedFrame frame, CancellationToken cancellationToken);

    /// <summary>Ends the encoders, checks that each exited with 0 and holds as many frames as were sent, looks into the files, gives them
    /// their names. All or none.</summary>
    ValueTask<IReadOnlyList<WrittenFile>> CommitAsync(CancellationToken cancellationToken);

    /// <summary>Kills the encoders, waits for them, removes what they wrote. May be called at any time, more than once.</summary>
    ValueTask AbortAsync();
}
