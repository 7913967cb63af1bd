using System.Globalization;
using System.Runtime.InteropServices;
using VideoMatte.Frames;

namespace VideoMatte.Media.Exr;

/// <summary>Writes OpenEXR pictures: half floats, ZIP, scene-linear and associated by default. In one process and many threads: ffmpeg's
/// pipe carries no floats.</summary>
internal sealed class ExrEncoder : IOutputEncoder
{
    private readonly FfmpegTools _tools;
    private readonly MediaInfo _source;
    private readonly TimeProvider _time;
    private readonly List<MatteWarning> _warnings = [];
    private readonly FrameTimecode? _timecode;
    private readonly Rational? _rate;
    private ExrPicture? _painter;
    private FrameFormat? _format;
    private ushort[] _keptAlpha = [];
    private long _keptFrame = -1;
    private long _framesBefore;

    /// <param name="tools">For the look into a finished picture.</param>
    /// <param name="source">For its rate, timecode and colours.</param>
    /// <param name="output">Already checked.</param>
    /// <param name="time">Clock of that look.</param>
    public ExrEncoder(FfmpegTools tools, MediaInfo source, OutputSpec output, TimeProvider time)
    {
        _tools = tools;
        _source = source;
        _time = time;
        Output = output;
        Partial = new PartialOutput(output);
        _rate = source.Video.AverageRate ?? source.Video.NominalRate;
        _timecode = FrameTimecode.Of(source);
        _warnings.AddRange(SideStreams.Plan(source, output).Warnings);
        if (_timecode is { PerSecond: > 30 } timecode)
        {
            _warnings.Add(new MatteWarning("timecode-dropped", string.Create(
                CultureInfo.InvariantCulture, $"EXR's timecode has no room for {timecode.PerSecond} frames a second: it is left out.")));
            _timecode = null;
        }
    }

    public OutputSpec Output { get; }

    public PartialOutput Partial { get; }

    public long Frames { get; private set; }

    public IReadOnlyList<MatteWarning> Warnings => _warnings;

    public async ValueTask WriteAsync(MattedFrame frame, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!Partial.IsSequence && Frames == 1)
            throw OutputChecks.NeedsPattern(Output);
        // A composite comes rendered; a cutout comes straight, whatever another output of the job is sent.
        VideoFrame picture = (Output.Composite ? frame.Rendered : null) ?? frame.Foreground ?? frame.Picture;
        if (_painter is null)
            Begin(picture.Format, frame.Time.PresentationTime + Output.Timing.Origin);
        uint? timecode = _timecode is null ? null : ExrHeader.Packed(_timecode, _framesBefore + Frames);
        byte[] header = ExrHeader.Write(_format!, Output.HasAlpha, !Output.KeepsTransfer, _rate, timecode);
        try
        {
            FileStream file = new(Partial.FileOf(Frames), FileMode.Create, FileAccess.Write, FileShare.Read, 1, useAsync: true);
            await using (file.ConfigureAwait(false))
                await _painter!.WriteAsync(header, picture, frame.Alpha, file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputChecks.NotWritable(Partial.Target, e);
        }

        if (SentAlpha.IsKept(Frames))
            (_keptAlpha, _keptFrame) = (frame.Alpha.Samples.ToArray(), Frames);
        Frames++;
    }

    public Task FinishAsync(CancellationToken cancellationToken) => Frames > 0
        ? Task.CompletedTask
        : throw new MatteException(ErrorKind.Input, "no-frames", $"The source gave no frame: {Output.Path} is not written.");

    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        long found = Partial.IsSequence ? Directory.EnumerateFiles(Partial.PartialPath).LongCount() : 1;
        if (found != Frames)
            throw Failed(string.Create(CultureInfo.InvariantCulture, $"{Frames} frames were written and {found} files are there"));
        int samples = _format!.Width * _format.Height, planes = Output.HasAlpha ? 4 : 3;
        float[] stored = new float[samples * planes];
        FfmpegProcess child = FfmpegProcess.Start(
            _tools.FfmpegPath,
            [
                "-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe", "-f", "exr_pipe", "-i", "file:" + Partial.FileOf(_keptFrame), "-map", "0:v:0",
                "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", Output.HasAlpha ? "gbrapf32le" : "gbrpf32le", "pipe:1",
            ],
            null, _time);
        await using (child.ConfigureAwait(false))
        {
            child.CloseInput();
            byte[] bytes = new byte[stored.Length * 4];
            int length = 0;
            for (int read; length < bytes.Length && (read = await child.ReadAsync(bytes.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0;)
                length += read;
            if (length < bytes.Length)
                throw Failed($"the picture of frame {_keptFrame.ToString(CultureInfo.InvariantCulture)} cannot be decoded again");
            MemoryMarshal.Cast<byte, float>(bytes).CopyTo(stored);
        }

        if (!Output.HasAlpha)
            return;
        ReadOnlySpan<float> alpha = stored.AsSpan(3 * samples);
        for (int i = 0; i < samples; i++)
            if (alpha[i] != (float)BitConverter.UInt16BitsToHalf(HalfSamples.OfAlpha(_keptAlpha[i])))
                throw Failed($"the alpha of frame {_keptFrame.ToString(CultureInfo.InvariantCulture)} in it is not the one that was written");
    }

    public ValueTask AbortAsync()
    {
        Partial.Remove();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Begin(FrameFormat format, Rational first)
    {
        _format = format;
        _painter = new ExrPicture(format, !Output.KeepsTransfer, Output.HasAlpha, Output.Premultiplied);
        _framesBefore = FrameNumbering.FramesInto(_source, first);
        Partial.FirstNumber = Output.Numbering.Resolve(Output.Preset, _source, first);
        if (format.Colour.Transfer == ColourTransfer.Unspecified && !Output.KeepsTransfer)
            _warnings.Add(new MatteWarning("transfer-assumed", "The source does not say its transfer: it was made linear as sRGB."));
        if (format.Colour.Primaries == ColourPrimaries.Unspecified)
            _warnings.Add(new MatteWarning("primaries-unknown", "The source does not say its primaries: the EXR has no chromaticities, and readers take BT.709's."));
    }

    private MatteException Failed(string what) => new(ErrorKind.Output, "encoder-failed", $"{Output.Path} could not be written: {what}.");
}
