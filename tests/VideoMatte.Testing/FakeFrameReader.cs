using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Testing;

/// <summary>A clip of <see cref="MovingDisc"/> with variable, exact times, that can fail where a real reader can.</summary>
public sealed class FakeFrameReader(IFramePool pool, FrameFormat format, long frames) : IFrameReader
{
    private readonly List<MatteWarning> _warnings = [];
    private int _inCall;
    private int _disposals;
    private long _next;

    /// <summary>Read instead of the format where set: a reader that fails when it is looked at.</summary>
    public Exception? FaultAtOpen { get; init; }

    /// <summary>The read that throws <see cref="Fault"/>; null: none.</summary>
    public long? FaultAt { get; init; }

    public Func<Exception> Fault { get; init; } = () => new MatteException(ErrorKind.Input, "decoder-failed", "the decoder died");

    /// <summary>True: the end is met with the warning <c>source-truncated</c>.</summary>
    public bool Truncated { get; init; }

    /// <summary>Called in every read, with its index; where a test yields, waits or cancels.</summary>
    public Func<long, CancellationToken, ValueTask> OnRead { get; init; } = (_, _) => ValueTask.CompletedTask;

    /// <summary>Indices of frames that get StartsShot, as a shot finder upstream would set it.</summary>
    public IReadOnlySet<long> ShotStarts { get; init; } = new HashSet<long>();

    /// <summary>A frame drawn once and copied, for benchmarks; null: every frame is drawn.</summary>
    public VideoFrame? Still { get; init; }

    public FrameFormat Format => FaultAtOpen is null ? format : throw FaultAtOpen;

    public Rational TimeBase { get; } = new(1, 90000);

    public IReadOnlyList<MatteWarning> Warnings => _warnings;

    public long FramesRead => _next;

    public int Disposals => _disposals;

    /// <summary>Times as a phone writes them: 30 a second, wandering by some ticks, from a start that is not 0.</summary>
    public static FrameTime TimeOf(long index) => new(
        index,
        Rational.FromTicks(Ticks(index), new Rational(1, 90000)),
        Rational.FromTicks(Ticks(index + 1) - Ticks(index), new Rational(1, 90000)));

    public async ValueTask<VideoFrame?> ReadAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _inCall, 1) != 0)
            throw new InvalidOperationException("two reads at once");
        try
        {
            ObjectDisposedException.ThrowIf(_disposals > 0, this);
            cancellationToken.ThrowIfCancellationRequested();
            await OnRead(_next, cancellationToken);
            if (_next == FaultAt)
                throw Fault();
            if (_next >= frames)
            {
                if (Truncated && _warnings.Count == 0)
                    _warnings.Add(new MatteWarning("source-truncated", "the clip ends early", _next, NotAsAsked: true));
                return null;
            }

            VideoFrame frame = Draw(TimeOf(_next));
            frame.StartsShot = ShotStarts.Contains(_next);
            _next++;
            return frame;
        }
        finally
        {
            Volatile.Write(ref _inCall, 0);
        }
    }

    public ValueTask DisposeAsync()
    {
        Interlocked.Increment(ref _disposals);
        return ValueTask.CompletedTask;
    }

    private static long Ticks(long index) => 4500 + (index * 3000) + (index * 7 % 5 * 11);

    private VideoFrame Draw(FrameTime time)
    {
        if (Still is null)
            return MovingDisc.Picture(pool, format, time);
        VideoFrame frame = VideoFrame.Rent(pool, format, time);
        Still.Bytes.CopyTo(frame.Bytes);
        return frame;
    }
}
