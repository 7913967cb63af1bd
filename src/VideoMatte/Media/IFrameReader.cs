using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Frames of one source, each once, in presentation order. Used by one caller at a time. Disposing ends the child process and
/// everything below it.</summary>
public interface IFrameReader : IAsyncDisposable
{
    /// <summary>Of every frame.</summary>
    FrameFormat Format { get; }

    /// <summary>Seconds per tick; every presentation time is a whole number of ticks.</summary>
    Rational TimeBase { get; }

    /// <summary>What was noticed; complete once the end was read (<c>source-truncated</c>, <c>source-damaged</c>).</summary>
    IReadOnlyList<MatteWarning> Warnings { get; }

    /// <returns>The next frame, which the caller owns; null at the end, and from then on.</returns>
    /// <exception cref="MatteException">The decoder failed, stalled or gave something else than frames.</exception>
    ValueTask<VideoFrame?> ReadAsync(CancellationToken cancellationToken);
}
