using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Reads the frames of one source from an ffmpeg child, straight into pooled memory, each with its exact time. Use
/// <see cref="OpenAsync(FfmpegTools, MediaInfo, ReaderOptions, IFramePool, TimeProvider, CancellationToken)"/>.</summary>
/// <remarks>After a cancelled or failed read the reader gives no more frames; dispose it.</remarks>
public sealed class MediaReader : IFrameReader
{
    private readonly MediaInfo _info;
    private readonly ReaderOptions _options;
    private readonly IFramePool _pool;
    private readonly FfmpegProcess _child;
    private readonly NutReader _nut;
    private readonly DecoderCommand _command;
    private readonly Rational _frameDuration;
    private readonly List<MatteWarning> _warnings = [];
    private NutFrame? _waiting;
    private Rational? _until;
    private string _saidBefore = "";
    private bool _leftOut;
    private long _frames;
    private Rational _last;
    private bool _ended;

    private MediaReader(MediaInfo info, ReaderOptions options, IFramePool pool, FfmpegProcess child, DecoderCommand command)
    {
        _info = info;
        _options = options;
        _pool = pool;
        _child = child;
        _command = command;
        _nut = new NutReader(child.ReadAsync);
        _frameDuration = info.Video.AverageRate is { } rate ? Rational.One / rate : Rational.Zero;
    }

    public FrameFormat Format => _command.Format;

    public Rational TimeBase { get; private set; }

    public IReadOnlyList<MatteWarning> Warnings => _warnings;

    /// <summary>What the source announced.</summary>
    public MediaInfo Info => _info;

    /// <summary>With a selection: the presentation time of the first frame kept, on the source's own clock, which is 0 in the frames' times.
    /// Without one: 0.</summary>
    public Rational Origin { get; private set; }

    /// <summary>With a selection: the presentation time of the source's first frame, from which selections are counted.</summary>
    public Rational Begin { get; private set; }

    /// <summary>Distances between the frames given so far.</summary>
    public FrameIntervals Intervals { get; private set; } = new(Rational.One);

    /// <summary>Id of the decoder's process.</summary>
    public int ProcessId => _child.Id;

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

        async Task<MediaReader> StartAsync(Rational? jump)
        {
            DecoderCommand command = DecoderCommand.Build(info, options, jump);
            FfmpegProcess child = FfmpegProcess.Start(tools.FfmpegPath, command.Arguments, options.StallLimit, time);
            MediaReader started = new(info, options, pool, child, command) { _leftOut = options.Seek is not null || jump is not null };
            try
            {
                child.CloseInput();
                await started.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
                return started;
            }
            catch
            {
                await started.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    public async ValueTask<VideoFrame?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_ended)
            return null;
        try
        {
            NutFrame? next = _waiting ?? await _nut.ReadFrameAsync(cancellationToken).ConfigureAwait(false);
            _waiting = null;
            if (next is not { } head)
                await EndAsync(cancellationToken).ConfigureAwait(false);
            else if (TimeOf(head) >= _until || _frames == _options.Selection?.Frames)
                Stop();
            else
                return await ReadFrameAsync(head, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (MatteException e) when (e.Code is NutReader.CutCode or NutReader.DamagedCode)
        {
            _ended = true;
            throw await FailureAsync(e, cancellationToken).ConfigureAwait(false);
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
        return _child.DisposeAsync();
    }

    /// <summary>The time of the next frame, on the source's own clock, without taking it; null at the end.</summary>
    internal async ValueTask<Rational?> PeekAsync(CancellationToken cancellationToken)
    {
        try
        {
            _waiting ??= await _nut.ReadFrameAsync(cancellationToken).ConfigureAwait(false);
            return _waiting is { } head ? TimeOf(head) : null;
        }
        catch (MatteException e) when (e.Code is NutReader.CutCode or NutReader.DamagedCode)
        {
            throw await FailureAsync(e, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Leaves the next frame out.</summary>
    internal async ValueTask SkipAsync(CancellationToken cancellationToken)
    {
        if (await PeekAsync(cancellationToken).ConfigureAwait(false) is null)
            return;
        try
        {
            await _nut.SkipAsync(_waiting!.Value.Size, cancellationToken).ConfigureAwait(false);
        }
        catch (MatteException e) when (e.Code is NutReader.CutCode)
        {
            throw await FailureAsync(e, cancellationToken).ConfigureAwait(false);
        }

        _waiting = null;
        _leftOut = true;
    }

    /// <summary>From here on frames are given: the next one is at 0.</summary>
    internal void BeginAt(Rational begin, Rational origin)
    {
        Begin = begin;
        Origin = origin;
        _until = _options.Selection!.End is { } end ? begin + end : null;
        _saidBefore = _child.ErrorTail;
    }

    /// <summary>An error about this source, with what its decoder said.</summary>
    internal MatteException SelectionIsEmpty(string message) => new(ErrorKind.Usage, "selection-empty", message) { Clip = _info.Path };

    internal FrameSelection Selection => _options.Selection!;

    private Rational TimeOf(NutFrame head) => Rational.FromTicks(head.Pts, TimeBase) - _command.TimeOffset;

    private async Task ReadHeaderAsync(CancellationToken cancellationToken)
    {
        NutHeader header;
        try
        {
            header = await _nut.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MatteException e) when (e.Code is NutReader.CutCode or NutReader.DamagedCode)
        {
            throw await FailureAsync(e, cancellationToken).ConfigureAwait(false);
        }

        if (header.Tag != _command.NutTag || header.Width != Format.Width || header.Height != Format.Height)
            throw _child.Failure(
                ErrorKind.Input,
                "decoder-failed",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_info.Path} was announced as {Format.Width}x{Format.Height}, but its decoder gives pictures of {header.Width}x{header.Height}; convert it with ffmpeg first."));
        TimeBase = header.TimeBase;
        Intervals = new FrameIntervals(TimeBase);
    }

    private async ValueTask<VideoFrame> ReadFrameAsync(NutFrame head, CancellationToken cancellationToken)
    {
        if (head.Size != _command.FrameBytes)
            throw NutReader.Damaged("a frame has another size than its format");
        Rational time = TimeOf(head);
        VideoFrame frame = VideoFrame.Rent(_pool, Format, new FrameTime(_frames, time - Origin, _frameDuration));
        try
        {
            await _nut.ReadBodyAsync(frame.Memory, cancellationToken).ConfigureAwait(false);
            await _nut.SkipAsync(head.Size - Format.ByteCount, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        _frames++;
        _last = time;
        Intervals.Add(time);
        return frame;
    }

    private async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        _ended = true;
        int exit = await _child.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (_child.Stalled || (exit != 0 && (exit != SourceEnd.MostlyErrors || _frames == 0)))
            throw await FailureAsync(null, cancellationToken).ConfigureAwait(false);
        if (_frames == 0)
            throw Failure("decoder-failed", $"{_info.Path} gave no picture: nothing in it could be decoded; check that it plays.");
        if (SourceEnd.Judge(_info, _options, _frames, _last, exit, SaidSince(), !_leftOut) is { } warning)
            _warnings.Add(warning);
        NoteRepaired();
    }

    /// <summary>The part asked for is read: what comes after it proves nothing, what the decoder said about it does.</summary>
    private void Stop()
    {
        _ended = true;
        if (SaidSince() is { Length: > 0 } said)
            _warnings.Add(SourceEnd.DamagedAt(_info, _frames, said));
        NoteRepaired();
    }

    /// <summary>What was said before the first frame asked for, and after a jump into the middle, is not about these frames.</summary>
    private string SaidSince()
    {
        string said = _child.ErrorTail;
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

    /// <summary>Why the decoder ended, asked where it knows better than its broken stream: cancelled, stalled, dead, or really damaged.</summary>
    private async ValueTask<Exception> FailureAsync(MatteException? stream, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (stream?.Code == NutReader.DamagedCode && !_child.Stalled)
        {
            stream.Detail = _child.Failure(ErrorKind.Input, "", "").Detail;
            stream.FrameIndex = _frames;
            stream.Clip = _info.Path;
            return stream;
        }

        int exit = await _child.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (_child.Stalled)
            return Failure(
                "decoder-stalled",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The decoder of {_info.Path} gave nothing for {_options.StallLimit.TotalSeconds:0.#} s and was stopped after {_frames} frames; check that the file plays."));
        return Failure(
            "decoder-failed",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The decoder of {_info.Path} {(exit > 128 ? "was killed" : $"failed (exit {exit})")} after {_frames} frames; check that the file plays."));
    }

    private MatteException Failure(string code, string message)
    {
        MatteException failure = _child.Failure(ErrorKind.Input, code, message);
        failure.Clip = _info.Path;
        failure.FrameIndex = _frames;
        return failure;
    }
}
