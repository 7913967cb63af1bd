using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Media.Stills;

namespace VideoMatte.Media;

/// <summary>Reads the frames of one source from an ffmpeg child, straight into pooled memory, each with its exact time. Use
/// <see cref="OpenAsync(FfmpegTools, MediaInfo, ReaderOptions, IFramePool, TimeProvider, CancellationToken)"/>.</summary>
/// <remarks>After a cancelled or failed read the reader gives no more frames; dispose it.</remarks>
public sealed class MediaReader : IFrameReader
{
    private readonly MediaInfo _info;
    private readonly ReaderOptions _options;
    private readonly IFramePool _pool;
    private readonly FfmpegTools _tools;
    private readonly DecoderStream _stream;
    private readonly Rational _frameDuration;
    private readonly List<MatteWarning> _warnings = [];
    private Rational? _until;
    private string _saidBefore = "";
    private bool _leftOut;
    private long _frames;
    private Rational _last;
    private bool _ended;

    private MediaReader(FfmpegTools tools, MediaInfo info, ReaderOptions options, IFramePool pool, DecoderStream stream)
    {
        _tools = tools;
        _info = info;
        _options = options;
        _pool = pool;
        _stream = stream;
        _frameDuration = info.Video.AverageRate is { } rate ? Rational.One / rate : Rational.Zero;
        Intervals = new FrameIntervals(stream.TimeBase);
    }

    public FrameFormat Format => _stream.Command.Format;

    public Rational TimeBase => _stream.TimeBase;

    public IReadOnlyList<MatteWarning> Warnings => _warnings;

    /// <summary>What the source announced.</summary>
    public MediaInfo Info => _info;

    /// <summary>With a selection: the presentation time of the first frame kept, on the source's own clock, which is 0 in the frames' times.
    /// Without one: 0.</summary>
    public Rational Origin { get; private set; }

    /// <summary>With a selection: the presentation time of the source's first frame, from which selections are counted.</summary>
    public Rational Begin { get; private set; }

    /// <summary>Distances between the frames given so far.</summary>
    public FrameIntervals Intervals { get; }

    /// <summary>Id of the decoder's process.</summary>
    public int ProcessId => _stream.Child.Id;

    /// <summary>Starts the decoder and waits for the head of its stream.</summary>
    /// <param name="tools">ffmpeg.</param>
    /// <param name="info">Of <see cref="MediaProbe"/>.</param>
    /// <param name="options">What to read and how.</param>
    /// <param name="pool">Lends the frames' memory.</param>
    /// <param name="time">The clock of the stall timer.</param>
    /// <param name="cancellationToken">Ends the start, with the child.</param>
    /// <exception cref="MatteException"><c>decoder-failed</c>, <c>decoder-stalled</c>, <c>ffmpeg-missing</c>, of kind <see cref="ErrorKind.Input"/>;
    /// <c>selection-empty</c>, of kind <see cref="ErrorKind.Usage"/>.</exception>
    public static async Task<MediaReader> OpenAsync(
        FfmpegTools tools, MediaInfo info, ReaderOptions options, IFramePool pool, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(pool);
        if (options.FrameLimit is { } limit)
            ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(options));
        if (options.Selection is null)
            return await StartAsync(null).ConfigureAwait(false);
        MediaReader reader = await StartAsync(null).ConfigureAwait(false);
        try
        {
            reader = await SelectedFrames.GoAsync(reader, StartAsync, cancellationToken).ConfigureAwait(false);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        async Task<MediaReader> StartAsync(Rational? jump) =>
            new(tools, info, options, pool, await DecoderStream.StartAsync(tools, info, options, jump, time, cancellationToken).ConfigureAwait(false))
            {
                _leftOut = options.Seek is not null || jump is not null,
            };
    }

    public async ValueTask<VideoFrame?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_ended)
            return null;
        try
        {
            if (await _stream.PeekAsync(cancellationToken).ConfigureAwait(false) is not { } time)
                await EndAsync(cancellationToken).ConfigureAwait(false);
            else if (time >= _until || _frames == _options.Selection?.Frames)
                await StopAsync(cancellationToken).ConfigureAwait(false);
            else
                return await ReadFrameAsync(time, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch
        {
            _ended = true;
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        // A background that begins again and again, or a mask longer than the clip, has no end at which it would be judged.
        if (!_ended && SaidSince() is { Length: > 0 } said)
            _warnings.Add(SourceEnd.DamagedAt(_info, _frames, said));
        _ended = true;
        return _stream.DisposeAsync();
    }

    /// <summary>The time of the next frame, on the source's own clock, without taking it; null at the end.</summary>
    internal ValueTask<Rational?> PeekAsync(CancellationToken cancellationToken) => _stream.PeekAsync(cancellationToken);

    /// <summary>Leaves the next frame out.</summary>
    internal async ValueTask SkipAsync(CancellationToken cancellationToken)
    {
        if (await PeekAsync(cancellationToken).ConfigureAwait(false) is null)
            return;
        await _stream.SkipAsync(cancellationToken).ConfigureAwait(false);
        _leftOut = true;
    }

    /// <summary>From here on frames are given: the next one is at 0.</summary>
    internal void BeginAt(Rational begin, Rational origin)
    {
        Begin = begin;
        Origin = origin;
        _until = _options.Selection!.End is { } end ? begin + end : null;
        _saidBefore = _stream.Child.ErrorTail;
    }

    /// <summary>An error about this source, with what its decoder said.</summary>
    internal MatteException SelectionIsEmpty(string message) => new(ErrorKind.Usage, "selection-empty", message) { Clip = _info.Path };

    internal FrameSelection Selection => _options.Selection!;

    private async ValueTask<VideoFrame> ReadFrameAsync(Rational time, CancellationToken cancellationToken)
    {
        VideoFrame frame = VideoFrame.Rent(_pool, Format, new FrameTime(_frames, time - Origin, _frameDuration));
        try
        {
            await _stream.TakeAsync(frame.Memory, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        if (_info.Sequence is { } sequence && Expected(sequence) is { } expected && time > expected)
        {
            frame.Dispose();
            throw SequenceDamage.Undecodable(_info, sequence.Files[Index(expected)]);
        }

        _frames++;
        _last = time;
        Intervals.Add(time);
        return frame;
    }

    private async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        _ended = true;
        FfmpegProcess child = _stream.Child;
        int exit = await child.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        await CheckSequenceAsync(toTheEnd: _options.ReadsToTheEnd, cancellationToken).ConfigureAwait(false);
        if (child.Stalled || (exit != 0 && (exit != SourceEnd.MostlyErrors || _frames == 0)))
            throw await _stream.FailureAsync(null, cancellationToken).ConfigureAwait(false);
        if (_frames == 0)
            throw _stream.Failure("decoder-failed", $"{_info.Path} gave no picture: nothing in it could be decoded; check that it plays.");
        if (SourceEnd.Judge(_info, _options, _frames, _last, exit, SaidSince(), !_leftOut) is { } warning)
            _warnings.Add(warning);
        NoteRepaired();
    }

    /// <summary>The part asked for is read: what comes after it proves nothing, what the decoder said about it does.</summary>
    private async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        _ended = true;
        await CheckSequenceAsync(toTheEnd: false, cancellationToken).ConfigureAwait(false);
        if (_info.Sequence is null && SaidSince() is { Length: > 0 } said)
            _warnings.Add(SourceEnd.DamagedAt(_info, _frames, said));
        NoteRepaired();
    }

    /// <summary>A picture of a sequence that cannot be decoded is an error: it would be missing from the shot, or be grey.</summary>
    private async ValueTask CheckSequenceAsync(bool toTheEnd, CancellationToken cancellationToken)
    {
        if (_info.Sequence is not { } sequence)
            return;
        int first = _frames == 0 ? 0 : Index(_last) - (int)_frames + 1, next = _frames == 0 ? 0 : Index(_last) + 1;
        bool isShort = toTheEnd && next < sequence.Files.Count;
        if ((isShort || SaidSince().Length > 0)
            && await SequenceDamage.FindAsync(_tools, _info, Math.Max(0, first), toTheEnd ? sequence.Files.Count : next, cancellationToken).ConfigureAwait(false) is { } damage)
            throw damage;
    }

    /// <summary>When the next picture of a sequence is due; null: it is not known.</summary>
    private Rational? Expected(ImageSequence sequence) => _frames > 0 ? _last + (Rational.One / sequence.Rate)
        : _leftOut || _options.Selection is not null ? null : Rational.Zero;

    /// <summary>Which picture of a sequence has this time.</summary>
    private int Index(Rational time) => (int)((time * _info.Sequence!.Rate).ToTicks(Rational.One) % _info.Sequence.Files.Count);

    /// <summary>What was said before the first frame asked for, and after a jump into the middle, is not about these frames.</summary>
    private string SaidSince()
    {
        string said = _stream.Child.ErrorTail;
        if (_options.Seek is not null || said == _saidBefore)
            return "";
        return said.StartsWith(_saidBefore, StringComparison.Ordinal) ? said[_saidBefore.Length..].Trim() : said.Trim();
    }

    private void NoteRepaired()
    {
        if (Intervals.Repaired > 0)
            _warnings.Add(new MatteWarning(
                "times-repaired",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_info.Path} has damaged times: {Intervals.Repaired} frames do not come after the one before; each was put one tick behind it, in the file's order."),
                Intervals.FirstRepaired));
    }
}
