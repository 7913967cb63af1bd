using System.Security.Cryptography;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Testing;

/// <summary>Remembers what came, and can fail where a real writer can.</summary>
public sealed class FakeFrameWriter : IFrameWriter
{
    private readonly List<FrameTime> _times = [];
    private readonly List<string> _hashes = [];
    private int _inCall;
    private int _disposals;
    private int _aborts;

    /// <summary>The write that throws <see cref="Fault"/>; null: none.</summary>
    public long? FaultOnWrite { get; init; }

    public bool FaultOnCommit { get; init; }

    public bool FaultOnAbort { get; init; }

    public Func<Exception> Fault { get; init; } = () => new MatteException(ErrorKind.Output, "encoder-failed", "the encoder died");

    /// <summary>Called in every write, with its index; where a test yields, waits or cancels.</summary>
    public Func<long, CancellationToken, ValueTask> OnWrite { get; init; } = (_, _) => ValueTask.CompletedTask;

    /// <summary>Called in the commit, before anything has its name.</summary>
    public Func<CancellationToken, ValueTask> OnCommit { get; init; } = _ => ValueTask.CompletedTask;

    /// <summary>True: every frame is hashed.</summary>
    public bool Hashing { get; init; }

    /// <summary>Given with the committed file.</summary>
    public IReadOnlyList<MatteWarning> FileWarnings { get; init; } = [];

    public long FramesWritten { get; private set; }

    public IReadOnlyList<FrameTime> Times => _times;

    /// <summary>SHA-256 of the frame's bytes (<see cref="HashOf"/>), where <see cref="Hashing"/>.</summary>
    public IReadOnlyList<string> Hashes => _hashes;

    /// <summary>True once there is output under its final name.</summary>
    public bool Committed { get; private set; }

    public bool Aborted => _aborts > 0;

    public int Disposals => _disposals;

    /// <summary>SHA-256 over picture, matte, foreground and rendered picture, as far as there are any.</summary>
    public static string HashOf(MattedFrame frame)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(frame.Picture.Bytes);
        hash.AppendData(frame.Alpha.Memory.Span);
        foreach (VideoFrame? extra in new[] { frame.Foreground, frame.Rendered })
            hash.AppendData(extra is null ? [] : extra.Bytes);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    public async ValueTask WriteAsync(MattedFrame frame, CancellationToken cancellationToken)
    {
        using MattedFrame taken = frame;
        using Call call = Enter();
        cancellationToken.ThrowIfCancellationRequested();
        await OnWrite(FramesWritten, cancellationToken);
        if (FramesWritten == FaultOnWrite)
            throw Fault();
        _times.Add(taken.Time);
        if (Hashing)
            _hashes.Add(HashOf(taken));
        FramesWritten++;
    }

    public async ValueTask<IReadOnlyList<WrittenFile>> CommitAsync(CancellationToken cancellationToken)
    {
        using Call call = Enter();
        cancellationToken.ThrowIfCancellationRequested();
        await OnCommit(cancellationToken);
        if (FaultOnCommit)
            throw Fault();
        Committed = true;
        return [new WrittenFile("fake.mov", "fake", FramesWritten, FramesWritten, FileWarnings)];
    }

    public ValueTask AbortAsync()
    {
        Interlocked.Increment(ref _aborts);
        return FaultOnAbort ? throw new IOException("the temporary file could not be removed") : ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Interlocked.Increment(ref _disposals);
        if (!Committed)
            Interlocked.Increment(ref _aborts);
        return ValueTask.CompletedTask;
    }

    private Call Enter()
    {
        if (Interlocked.Exchange(ref _inCall, 1) != 0)
            throw new InvalidOperationException("two calls at once");
        if (_disposals > 0 || _aborts > 0 || Committed)
        {
            Volatile.Write(ref _inCall, 0);
            throw new InvalidOperationException("the writer was disposed, aborted or committed");
        }

        return new Call(this);
    }

    private sealed class Call(FakeFrameWriter writer) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref writer._inCall, 0);
    }
}
