using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Media.Pipes;

namespace VideoMatte.Media;

/// <summary>A decoder child and the NUT it gives: heads and bodies of frames, and, where they stop, why.</summary>
internal sealed class DecoderStream : IAsyncDisposable
{
    private readonly MediaInfo _info;
    private readonly TimeSpan _stallLimit;
    private readonly NutReader _nut;
    private readonly InputRelay? _relay;
    private Rational _nutTick;
    private NutFrame? _waiting;

    private DecoderStream(MediaInfo info, DecoderCommand command, FfmpegProcess child, TimeSpan stallLimit)
    {
        _info = info;
        _stallLimit = stallLimit;
        Command = command;
        Child = child;
        _nut = new NutReader(child.ReadAsync);
        _relay = info.Pipe is { } pipe ? InputRelay.Start(pipe, child) : null;
    }

    public DecoderCommand Command { get; }

    public FfmpegProcess Child { get; }

    /// <summary>Seconds a tick.</summary>
    public Rational TimeBase { get; private set; }

    /// <summary>Frames whose bodies were given; for errors.</summary>
    public long Frames { get; private set; }

    /// <summary>Starts the child and waits for the head of its stream.</summary>
    /// <param name="tools">ffmpeg.</param>
    /// <param name="info">The source.</param>
    /// <param name="options">What to read and how.</param>
    /// <param name="jump">As <see cref="DecoderCommand.Build"/>.</param>
    /// <param name="time">The clock of the stall timer.</param>
    /// <param name="cancellationToken">Ends the start, with the child.</param>
    public static async Task<DecoderStream> StartAsync(
        FfmpegTools tools, MediaInfo info, ReaderOptions options, Rational? jump, TimeProvider time, CancellationToken cancellationToken)
    {
        DecoderCommand command = DecoderCommand.Build(info, options, jump);
        // What comes through a pipe comes when it comes.
        TimeSpan limit = info.IsPipe ? Timeout.InfiniteTimeSpan : options.StallLimit;
        DecoderStream stream = new(info, command, FfmpegProcess.Start(tools.FfmpegPath, command.Arguments, limit, time), limit);
        try
        {
            if (stream._relay is null)
                stream.Child.CloseInput();
            await stream.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The time of the next frame, on the source's own clock, without taking it; null at the end.</summary>
    public async ValueTask<Rational?> PeekAsync(CancellationToken cancellationToken)
    {
        try
        {
            _waiting ??= await _nut.ReadFrameAsync(cancellationToken).ConfigureAwait(false);
            return _waiting is { } head ? (Rational.FromTicks(head.Pts, _nutTick) - Command.TimeOffset) * Command.Stretch : null;
        }
        catch (MatteException e) when (e.Code is NutReader.CutCode or NutReader.DamagedCode)
        {
            throw await FailureAsync(e, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the frame that was looked at.</summary>
    /// <param name="planes">Filled with its picture; a plane behind it is left out.</param>
    /// <param name="cancellationToken">Ends the wait; the stream is broken then.</param>
    public async ValueTask TakeAsync(Memory<byte> planes, CancellationToken cancellationToken)
    {
        NutFrame head = _waiting!.Value;
        _waiting = null;
        try
        {
            if (head.Size != Command.FrameBytes)
                throw NutReader.Damaged("a frame has another size than its format");
            await _nut.ReadBodyAsync(planes, cancellationToken).ConfigureAwait(false);
            await _nut.SkipAsync(head.Size - planes.Length, cancellationToken).ConfigureAwait(false);
        }
        catch (MatteException e) when (e.Code is NutReader.CutCode or NutReader.DamagedCode)
        {
            throw await FailureAsync(e, cancellationToken).ConfigureAwait(false);
        }

        Frames++;
    }

    /// <summary>Leaves the frame that was looked at out.</summary>
    public async ValueTask SkipAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _nut.SkipAsync(_waiting!.Value.Size, cancellationToken).ConfigureAwait(false);
            _waiting = null;
        }
        catch (MatteException e) when (e.Code is NutReader.CutCode)
        {
            throw await FailureAsync(e, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Why the decoder ended, asked where it knows better than its broken stream: cancelled, stalled, dead, or really damaged.</summary>
    public async ValueTask<Exception> FailureAsync(MatteException? stream, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (stream?.Code == NutReader.DamagedCode && !Child.Stalled)
        {
            stream.Detail = Child.Failure(ErrorKind.Input, "", "").Detail;
            stream.FrameIndex = Frames;
            stream.Clip = _info.Path;
            return stream;
        }

        int exit = await Child.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (_relay?.Fault is { } fault)
            return fault;
        if (Child.Stalled)
            return Failure(
                "decoder-stalled",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The decoder of {_info.Path} gave nothing for {_stallLimit.TotalSeconds:0.#} s and was stopped after {Frames} frames; check that the file plays."));
        return Failure(
            "decoder-failed",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The decoder of {_info.Path} {(exit > 128 ? "was killed" : $"failed (exit {exit})")} after {Frames} frames; check that the file plays."));
    }

    /// <summary>An error about this source, with what its decoder said.</summary>
    public MatteException Failure(string code, string message)
    {
        MatteException failure = Child.Failure(ErrorKind.Input, code, message);
        failure.Clip = _info.Path;
        failure.FrameIndex = Frames;
        return failure;
    }

    public async ValueTask DisposeAsync()
    {
        // The relay may be writing: the child goes first, so that it cannot block.
        if (_relay is not null)
        {
            Child.Kill();
            await _relay.DisposeAsync().ConfigureAwait(false);
        }

        await Child.DisposeAsync().ConfigureAwait(false);
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

        FrameFormat format = Command.Format;
        if (header.Tag != Command.NutTag || header.Width != format.Width || header.Height != format.Height)
            throw Child.Failure(
                ErrorKind.Input,
                "decoder-failed",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_info.Path} was announced as {format.Width}x{format.Height}, but its decoder gives pictures of {header.Width}x{header.Height}; convert it with ffmpeg first."));
        _nutTick = header.TimeBase;
        // Stretched times are whole intervals of the sequence; NUT's ticks, stretched, need more bits than a writer has.
        TimeBase = Command.Stretch == Rational.One ? header.TimeBase : _info.Video.TimeBase;
    }
}
