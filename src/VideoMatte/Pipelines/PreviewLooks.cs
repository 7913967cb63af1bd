using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>Reads the frames of a preview's looks, one look after the other, ahead of the model: while one look is matted the next is
/// decoded. Where two looks lie near each other the decoder reads on; else another begins at the second, which costs its start and every
/// frame from the key frame before it.</summary>
internal sealed class PreviewLooks : IAsyncDisposable
{
    private readonly PreparedJob _prepared;
    private readonly IReadOnlyList<(PreviewTimes.Stretch In, Rational At)> _moments;
    private readonly int _wanted;
    private readonly PreviewClock _clock;
    private readonly IFramePool _pool;
    private readonly TimeProvider _time;
    private readonly FrameQueue<PreviewFrame> _ready = new(4, DeliveryPolicy.Wait);
    private readonly CancellationTokenSource _stop;
    private readonly Task _pump;
    private readonly Rational _rate;
    private MediaReader? _reader;
    private Rational _position;

    /// <param name="moments">To look at, in order of time.</param>
    /// <param name="wanted">Frames of a look that need not be short.</param>
    public PreviewLooks(
        PreparedJob prepared, IReadOnlyList<(PreviewTimes.Stretch In, Rational At)> moments, int wanted, PreviewClock clock, IFramePool pool,
        TimeProvider time, CancellationToken cancellationToken)
    {
        (_prepared, _moments, _wanted, _clock, _pool, _time) = (prepared, moments, wanted, clock, pool, time);
        _rate = prepared.Source.Video.AverageRate ?? new Rational(25);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _pump = Task.Run(PumpAsync, CancellationToken.None);
    }

    /// <summary>The next frame, which moves to the caller; null after the last look.</summary>
    /// <exception cref="MatteException">The decoder's.</exception>
    public ValueTask<PreviewFrame?> ReadAsync(CancellationToken cancellationToken) => _ready.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _pump.ConfigureAwait(false);
        _ready.Dispose();
        _stop.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            int first = 0;
            for (int look = 0; look <= _moments.Count; look++)
            {
                int most = _clock.FramesOfALook(Math.Max(1, _moments.Count - look), _wanted);
                if (look == 0)
                    first = most;
                // The first look was short because nobody knew what a frame costs; with time left it is done again.
                if (look == _moments.Count && most <= first)
                    break;
                await LookAsync(look, look % _moments.Count, most).ConfigureAwait(false);
            }

            _ready.Complete();
        }
        catch (Exception error)
        {
            _ready.Fault(error);
        }
        finally
        {
            if (_reader is { } reader)
                await reader.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task LookAsync(int look, int moment, int most)
    {
        (PreviewTimes.Stretch stretch, Rational at) = _moments[moment];
        Rational runUp = new Rational(most - 1) / _rate, from = at - runUp < stretch.Start ? stretch.Start : at - runUp;
        VideoFrame? inHand = await FirstAsync(from).ConfigureAwait(false);
        try
        {
            for (int i = 0; inHand is not null; i++)
            {
                _position = inHand.Time.PresentationTime + inHand.Time.Duration;
                bool last = i + 1 >= most || !(inHand.Time.PresentationTime < at);
                VideoFrame moved = inHand;
                inHand = null;
                await _ready.WriteAsync(new PreviewFrame(look, moment, from, last, moved), _stop.Token).ConfigureAwait(false);
                if (last)
                    return;
                inHand = await _reader!.ReadAsync(_stop.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            inHand?.Dispose();
        }
    }

    /// <summary>The first frame at or after <paramref name="from"/>; null where nothing can be read there.</summary>
    private async Task<VideoFrame?> FirstAsync(Rational from)
    {
        if (_reader is null || !_clock.ReadingOnIsQuicker(_position, from, _rate))
            return await OpenAsync(from).ConfigureAwait(false);
        while (await _reader.ReadAsync(_stop.Token).ConfigureAwait(false) is { } frame)
        {
            if (!(frame.Time.PresentationTime < from))
                return frame;
            frame.Dispose();
        }

        return null;
    }

    private async Task<VideoFrame?> OpenAsync(Rational from)
    {
        long opening = _time.GetTimestamp();
        if (_reader is { } before)
            await before.DisposeAsync().ConfigureAwait(false);
        // A limit that is never reached says that the end of the source is not waited for.
        ReaderOptions options = _prepared.Reading.Plain with { Seek = from, FrameLimit = int.MaxValue };
        _reader = await MediaReader.OpenAsync(_prepared.Tools, _prepared.Source, options, _pool, _time, _stop.Token).ConfigureAwait(false);
        VideoFrame? frame = await _reader.ReadAsync(_stop.Token).ConfigureAwait(false);
        _clock.Opening = _time.GetElapsedTime(opening).TotalSeconds;
        return frame;
    }
}
