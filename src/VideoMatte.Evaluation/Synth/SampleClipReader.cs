using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Evaluation.Synth;

/// <summary>The frames of a sample clip straight from the drawing code, with no file and no ffmpeg between.</summary>
public sealed class SampleClipReader : IFrameReader
{
    private readonly SampleClip _clip;
    private readonly IFramePool _pool;
    private readonly SampleFrame _frame;
    private readonly int _end;
    private int _next;

    /// <param name="clip">Not used by anybody else meanwhile.</param>
    /// <param name="pool">Where the frames come from.</param>
    /// <param name="start">First frame.</param>
    /// <param name="count">How many; null: to the end.</param>
    public SampleClipReader(SampleClip clip, IFramePool pool, int start = 0, int? count = null)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, clip.FrameCount);
        ArgumentOutOfRangeException.ThrowIfNegative(count ?? 0, nameof(count));
        _clip = clip;
        _pool = pool;
        _frame = clip.CreateFrame();
        _next = start;
        _end = Math.Min(clip.FrameCount, start + (count ?? clip.FrameCount - start));
    }

    public FrameFormat Format => _clip.Format;

    public Rational TimeBase => Rational.One / _clip.Rate;

    public IReadOnlyList<MatteWarning> Warnings => [];

    public ValueTask<VideoFrame?> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_next >= _end)
            return ValueTask.FromResult<VideoFrame?>(null);
        _clip.Draw(_next, _frame);
        return ValueTask.FromResult<VideoFrame?>(_clip.ToPicture(_pool, _next++, _frame));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
