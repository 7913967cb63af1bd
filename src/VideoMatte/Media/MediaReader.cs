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

    /// <summary>Id of the decoder's process.</summary>
    public int ProcessId => _child.Id;

    /// <summary>Starts the decoder and waits for the head of its stream.</summary>
    /// <param name="tools">ffmpeg.</param>
    /// <param name="info">Of <see cref="MediaProbe"/>.</param>
    /// <param name="options">What to read and how.</param>
    /// <param name="pool">Lends the frames' memory.</param>
    /// <param name="time">The clock of the stall timer.</param>
    /// <param name="cancellationToken">Ends the start, with the child.</param>
    /// <exception cref="MatteException"><c>decoder-failed</c>, <c>decoder-stalled</c>, <c>ffmpeg-missing</c>; of kind <see cref="ErrorKind.Input"/>.</exception>
    public static async Task<MediaReader> OpenAsync(
        FfmpegTools tools, MediaInfo info, ReaderOptions options, IFramePool pool, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(pool);
        if (options.FrameLimit is { } limit)
            ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(options));
        DecoderCommand command = DecoderCommand.Build(info, options);
        FfmpegProcess child = FfmpegProcess.Start(tools.FfmpegPath, command.Arguments, options.StallLimit, time);
        MediaReader reader = new(info, options, pool, child, command);
        try
        {
            child.CloseInput();
            await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask<VideoFrame?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_ended)
            return null;
        try
        {
            if (await _nut.ReadFrameAsync(cancellationToken).ConfigureAwait(false) is { } head)
                return await ReadFrameAsync(head, cancellationToken).ConfigureAwait(false);
            await EndAsync(cancellationToken).ConfigureAwait(false);
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
        _ended = true;
        return _child.DisposeAsync();
    }

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
    }

    private async ValueTask<VideoFrame> ReadFrameAsync(NutFrame head, CancellationToken cancellationToken)
    {
        if (head.Size != _command.FrameBytes)
            throw NutReader.Damaged("a frame has another size than its format");
        Rational time = Rational.FromTicks(head.Pts, TimeBase) - _command.TimeOffset;
        VideoFrame frame = VideoFrame.Rent(_pool, Format, new FrameTime(_frames, time, _frameDuration));
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
        if (SourceEnd.Judge(_info, _options, _frames, _last, exit, _child.ErrorTail) is { } warning)
            _warnings.Add(warning);
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
