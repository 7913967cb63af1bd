using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Media.Pipes;
using VideoMatte.Media.Stills;

namespace VideoMatte.Media;

/// <summary>One encoder child and the file it writes. The child is started with the first frame, whose time may ask for a shift.</summary>
internal sealed class MediaEncoder : IOutputEncoder
{
    /// <summary>Most bytes handed over at once: each such piece is one wait of the stall timer.</summary>
    private const int MostPiece = 4 << 20;

    /// <summary>An exit code above is this and a signal's number.</summary>
    private const int Signalled = 128;

    private readonly FfmpegTools _tools;
    private readonly MediaInfo _source;
    private readonly Rational _timeBase;
    private readonly TimeSpan? _stallLimit;
    private readonly TimeProvider _time;
    private readonly SideStreams _sides;
    private readonly SentFrame _frame;
    private readonly SideFiles _files = new();
    private readonly List<MatteWarning> _warnings = [];
    private FfmpegProcess? _child;
    private OutputRelay? _relay;
    private NutWriter? _nut;
    private Rational _moved;
    private Rational? _lastTime;
    private long _lastTicks = -1;
    private bool _nudged;

    /// <param name="tools">ffmpeg.</param>
    /// <param name="source">For sound and tags.</param>
    /// <param name="picture">Of every frame.</param>
    /// <param name="timeBase">Every time is a whole number of these.</param>
    /// <param name="output">Already checked.</param>
    /// <param name="stallLimit">Longest single wait; null: the usual.</param>
    /// <param name="time">Clock of the stall timer.</param>
    public MediaEncoder(
        FfmpegTools tools, MediaInfo source, FrameFormat picture, Rational timeBase, OutputSpec output, TimeSpan? stallLimit, TimeProvider time)
    {
        _tools = tools;
        _source = source;
        _timeBase = timeBase;
        // Whoever reads behind a pipe may pause.
        _stallLimit = output.IsPipe ? Timeout.InfiniteTimeSpan : stallLimit;
        _time = time;
        Output = output;
        Picture = picture;
        Plan = EncodingPlanner.Plan(output, picture, source.Video.RangeIsTagged);
        _sides = SideStreams.Plan(source, output);
        _warnings.AddRange(Plan.Warnings);
        _warnings.AddRange(_sides.Warnings);
        if (output.AlphaIsUnreadable)
            _warnings.Add(new MatteWarning("alpha-not-verified", "This ffmpeg decodes no alpha of HEVC: look at the file before you send it."));
        _frame = new SentFrame(output, picture, Plan);
        Partial = new PartialOutput(output);
    }

    public OutputSpec Output { get; }

    public FrameFormat Picture { get; }

    public EncodingPlan Plan { get; }

    public PartialOutput Partial { get; }

    public long Frames { get; private set; }

    /// <summary>Bits at which the matte is sent, as alpha or as the picture itself; 0: it is not.</summary>
    public int AlphaDepth => _frame.AlphaDepth;

    /// <summary>For the look into the finished file.</summary>
    public SentAlpha Sent { get; } = new();

    public IReadOnlyList<MatteWarning> Warnings => _warnings;

    /// <summary>Sends one frame, which stays the caller's.</summary>
    /// <exception cref="MatteException">The encoder failed, stalled, or had enough.</exception>
    public async ValueTask WriteAsync(MattedFrame frame, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_child is null)
            await StartAsync(frame.Time, cancellationToken).ConfigureAwait(false);
        _frame.Pack(frame);
        for (long i = 0; i < Output.Timing.TimesOf(frame.Time); i++)
        {
            Rational later = i == 0 ? Rational.Zero : new Rational(i) / Output.Timing.Rate!.Value;
            await WriteOnceAsync(frame.Time.PresentationTime + _moved + later, frame.Time.Index, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteOnceAsync(Rational time, long index, CancellationToken cancellationToken)
    {
        if (Output.Preset.Container == MediaContainer.Images && !Partial.IsSequence && Frames == 1)
            throw OutputChecks.NeedsPattern(Output);
        long ticks = time.ToTicks(_timeBase);
        if (ticks <= _lastTicks)
        {
            ticks = _lastTicks + 1;
            time = Rational.FromTicks(ticks, _timeBase);
            if (!_nudged)
                _warnings.Add(new MatteWarning("times-repaired", "A frame's time does not come after the one before: it, and any like it, is put one tick behind.", index));
            _nudged = true;
        }

        _lastTicks = ticks;
        if (AlphaDepth > 0 && SentAlpha.IsKept(Frames))
            Sent.Keep(Frames, time, _lastTime, _frame.Alpha);
        try
        {
            await _nut!.WriteFrameAsync(0, ticks, _frame.First, cancellationToken).ConfigureAwait(false);
            if (Plan.AlphaDepth > 0 && !Plan.IsOneStream)
                await _nut.WriteFrameAsync(1, ticks, _frame.Alpha, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Its last words and exit code tell more than a broken pipe.
            throw await FailureAsync(cancellationToken).ConfigureAwait(false);
        }

        _lastTime = time;
        Frames++;
    }

    /// <summary>Ends the child and waits for it.</summary>
    /// <exception cref="MatteException">It failed or stalled.</exception>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (_child is null)
            throw new MatteException(ErrorKind.Input, "no-frames", $"The source gave no frame: {Output.Path} is not written.");
        _child.CloseInput();
        if (_relay is not null)
            await _relay.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        int exit = await _child.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        _files.Remove();
        if (exit != 0 || _child.Stalled || _child.Killed)
            throw await FailureAsync(cancellationToken).ConfigureAwait(false);
        if (Output.Preset.Container == MediaContainer.Mov && !Output.MatteOnly && (_sides.NewTimecode ?? SourceTimecode.Find(_source)) is { DropFrame: true })
            TimecodeFile.MarkDropFrame(Partial.PartialPath);
        if (PngProfile.For(_source, Output) is { } profile)
            FinishPictures(file => PngProfile.Insert(file, profile));
        if (Output.Preset.Id == Presets.Tiff.Id)
            FinishPictures(file => TiffTags.Complete(file, IccProfile.KeptBy(Output, _source)));
        Partial.PipedBytes = _relay?.Bytes ?? 0;
    }

    /// <summary>What went into a pipe cannot be looked at; that all of it was taken is known.</summary>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        if (Output.IsPipe || Output.IsTrial)
            return;
        await new OutputVerification(_tools, _time).CheckAsync(this, cancellationToken).ConfigureAwait(false);
        if (Output.Preset.Container != MediaContainer.Images)
            _warnings.AddRange(await SideAudit.CheckAsync(_tools, Partial.PartialPath, _source, _sides, Output, _time, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The end of this file: what the encoder said, for an error about it. A full disk is named: ffmpeg may end on one without a
    /// word, its file short.</summary>
    public MatteException Failed(string what)
    {
        bool isFull = _child?.ErrorTail.Contains("No space left on device", StringComparison.OrdinalIgnoreCase) == true;
        MatteException failure = isFull || (!Output.IsPipe && OutputChecks.HasNoRoom(Partial.Target))
            ? OutputChecks.DiskFull(Partial.Target)
            : new MatteException(ErrorKind.Output, "encoder-failed", $"{Output.Path} could not be written: {what}.");
        failure.Detail = _child?.Failure(ErrorKind.Output, "encoder-failed", "").Detail;
        return failure;
    }

    /// <summary>Kills the child, waits for it and removes its file. Nothing is thrown.</summary>
    public async ValueTask AbortAsync()
    {
        if (_relay is not null)
            await _relay.StopAsync().ConfigureAwait(false);
        if (_child is not null)
            await _child.DisposeAsync().ConfigureAwait(false);
        _files.Remove();
        Partial.Remove();
    }

    public ValueTask DisposeAsync() => _child?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task StartAsync(FrameTime firstTime, CancellationToken cancellationToken)
    {
        Rational first = firstTime.PresentationTime, duration = Output.Timing.Rate is { } rate ? Rational.One / rate : firstTime.Duration;
        // NUT has no times below 0: picture and sound move together.
        _moved = first < Rational.Zero ? -first : Rational.Zero;
        Partial.FirstNumber = Output.Numbering.Resolve(Output, _source, first);
        if (_moved != Rational.Zero)
            _warnings.Add(new MatteWarning("times-moved", $"The source begins before time 0: picture and sound are moved by {_moved} s together."));
        FrameFormat sent = Plan.Sent;
        List<NutStream> streams =
            [new NutStream(PixelFormatNames.NutTag(sent.Layout, sent.Depth, Plan.IsOneStream), sent.Width, sent.Height, sent.SampleAspect)];
        if (Plan.AlphaDepth > 0 && !Plan.IsOneStream)
            streams.Add(new NutStream(PixelFormatNames.NutTag(PlaneLayout.Gray, Plan.AlphaDepth), sent.Width, sent.Height, sent.SampleAspect));
        _nut = new NutWriter(SendAsync, _timeBase, streams);
        await _files.MakeAsync(_tools, _source, _sides, Output, _moved, _time, cancellationToken).ConfigureAwait(false);
        _child = FfmpegProcess.Start(
            _tools.FfmpegPath, EncoderCommand.Arguments(Output, Partial.EncoderUrl, Plan, _sides, _source, _timeBase, _moved, duration, _files), _stallLimit,
            _time);
        if (Output.IsPipe)
            _relay = OutputRelay.Start(_child, Output.Pipe!);
    }

    private void FinishPictures(Action<string> finish)
    {
        try
        {
            for (long i = 0; i < (Partial.IsSequence ? Frames : 1); i++)
                finish(Partial.FileOf(i));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputChecks.NotWritable(Partial.Target, e);
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        for (int at = 0; at < bytes.Length; at += MostPiece)
            await _child!.WriteAsync(bytes.Slice(at, Math.Min(MostPiece, bytes.Length - at)), cancellationToken).ConfigureAwait(false);
    }

    private async Task<MatteException> FailureAsync(CancellationToken cancellationToken)
    {
        FfmpegProcess child = _child!;
        child.CloseInput();
        int exit = await child.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (_relay?.Fault is { } closed)
            return new MatteException(
                ErrorKind.Output, "output-closed", string.Create(
                    CultureInfo.InvariantCulture, $"Standard output was closed after {Frames} frames: the program behind the pipe has ended; look at what it said."), closed);
        return Failed(child.Stalled ? "the encoder took no frame for too long and was stopped"
            : exit == 0 ? "the encoder ended before it had all frames"
            : exit is > Signalled && child.ErrorTail.AsSpan().Trim().IsEmpty ? "the encoder was killed"
            : $"the encoder failed ({LastLine(child.ErrorTail)})");
    }

    private static string LastLine(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? "without a word" : lines[^1];
    }
}
