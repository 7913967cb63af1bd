using VideoMatte.Frames;
using VideoMatte.Media.Exr;

namespace VideoMatte.Media;

/// <summary>Writes matted frames into one or more files through ffmpeg: each frame, once, at its own time, into every one of them. All files
/// get their names together, once each is whole and its alpha was found to be the one sent.</summary>
public sealed class MediaWriter : IFrameWriter
{
    private readonly IOutputEncoder[] _encoders;
    private readonly Task[] _writes;
    private bool _ended;
    private bool _broken;

    private MediaWriter(IOutputEncoder[] encoders)
    {
        _encoders = encoders;
        _writes = new Task[encoders.Length];
    }

    public long FramesWritten { get; private set; }

    /// <summary>Warnings of all outputs, as far as known.</summary>
    public IReadOnlyList<MatteWarning> Warnings => [.. _encoders.SelectMany(e => e.Warnings)];

    /// <summary>Checks all outputs, makes their temporary files and gives a writer for them. Encoders start with the first frame.</summary>
    /// <param name="tools">ffmpeg and ffprobe.</param>
    /// <param name="source">The clip, for sound, tags and what its colours are known by.</param>
    /// <param name="pictureFormat">Of the pictures that will come: <see cref="MattedFrame.Rendered"/>, else foreground, else picture. Its
    /// colours are the truth; it may differ from the source's.</param>
    /// <param name="timeBase">Seconds per tick; every presentation time is a whole number of ticks.</param>
    /// <param name="outputs">One or more.</param>
    /// <param name="time">Clock of the stall timer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MatteException">As <see cref="OutputChecks.Check"/>; nothing is left behind.</exception>
    public static Task<MediaWriter> OpenAsync(
        FfmpegTools tools, MediaInfo source, FrameFormat pictureFormat, Rational timeBase, IReadOnlyList<OutputSpec> outputs, TimeProvider time,
        CancellationToken cancellationToken) =>
        OpenAsync(tools, source, pictureFormat, timeBase, outputs, null, time, cancellationToken);

    /// <summary>The same with another limit for a single wait on an encoder.</summary>
    public static async Task<MediaWriter> OpenAsync(
        FfmpegTools tools, MediaInfo source, FrameFormat pictureFormat, Rational timeBase, IReadOnlyList<OutputSpec> outputs, TimeSpan? stallLimit,
        TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(pictureFormat);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfZero(outputs.Count, nameof(outputs));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timeBase.Numerator, nameof(timeBase));
        cancellationToken.ThrowIfCancellationRequested();
        foreach (OutputSpec output in outputs)
            if (output.Premultiplied && (!output.Preset.AllowsPremultiplied || (pictureFormat.ChromaShiftX != 0 && !output.Preset.AssociatesLight)))
                throw new ArgumentException("premultiplied pictures are 4:4:4 or RGB, and not for every preset", nameof(outputs));
        foreach (OutputSpec output in outputs)
            OutputLimits.Check(output, pictureFormat.Width, pictureFormat.Height);
        OutputChecks.Check(outputs, source.Files);
        outputs = await HevcAlpha.SettleAsync(tools, outputs, time, cancellationToken).ConfigureAwait(false);
        IOutputEncoder[] encoders = [.. outputs.Select(o => o.Preset.Id == Presets.Exr.Id
            ? (IOutputEncoder)new ExrEncoder(tools, source, o, time)
            // Only associated planes have another layout than the source's; the foreground alone stays in its own.
            : new MediaEncoder(
                tools, source, o.ForegroundOnly ? pictureFormat with { Layout = source.Video.Format.Layout } : pictureFormat, timeBase, o, stallLimit, time))];
        try
        {
            foreach (IOutputEncoder encoder in encoders)
                encoder.Partial.Create();
        }
        catch
        {
            foreach (IOutputEncoder encoder in encoders)
                encoder.Partial.Remove();
            throw;
        }

        return new MediaWriter(encoders);
    }

    public async ValueTask WriteAsync(MattedFrame frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        using (frame)
        {
            if (_ended || _broken)
                throw new InvalidOperationException("the writer has ended or failed");
            try
            {
                await SendAsync(frame, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                // A part of the frame may be in the pipe: what follows would not be frames.
                _broken = true;
                throw;
            }

            FramesWritten++;
        }
    }

    public async ValueTask<IReadOnlyList<WrittenFile>> CommitAsync(CancellationToken cancellationToken)
    {
        if (_ended || _broken)
            throw new InvalidOperationException("the writer has ended or failed");
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.WhenAll(_encoders.Select(e => e.FinishAsync(cancellationToken))).ConfigureAwait(false);
            foreach (IOutputEncoder encoder in _encoders)
                await encoder.VerifyAsync(cancellationToken).ConfigureAwait(false);
            long[] bytes = [.. _encoders.Select(Flush)];
            cancellationToken.ThrowIfCancellationRequested();
            GiveNames();
            _ended = true;
            foreach (IOutputEncoder encoder in _encoders)
            {
                if (encoder.Partial.IsSequence)
                    encoder.Partial.Remove();
                await encoder.DisposeAsync().ConfigureAwait(false);
            }

            return [.. _encoders.Select((e, i) => new WrittenFile(e.Output.Path, e.Output.Preset.Id, bytes[i], e.Frames, [.. e.Warnings, .. SequenceLeftovers.Of(e.Output, e.Partial, e.Frames)]))];
        }
        catch
        {
            await AbortAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask AbortAsync()
    {
        if (_ended)
            return;
        _ended = true;
        foreach (IOutputEncoder encoder in _encoders)
            await encoder.AbortAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => AbortAsync();

    private async ValueTask SendAsync(MattedFrame frame, CancellationToken cancellationToken)
    {
        if (_encoders.Length == 1)
        {
            await _encoders[0].WriteAsync(frame, cancellationToken).ConfigureAwait(false);
            return;
        }

        for (int i = 0; i < _encoders.Length; i++)
            _writes[i] = _encoders[i].WriteAsync(frame, cancellationToken).AsTask();
        // All are waited for, also where one failed: each reads the frame until its write has ended.
        await Task.WhenAll(_writes).ConfigureAwait(false);
    }

    private static long Flush(IOutputEncoder encoder)
    {
        try
        {
            return encoder.Partial.Flush(encoder.Frames);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputChecks.NotWritable(encoder.Partial.Target, e);
        }
    }

    private void GiveNames()
    {
        try
        {
            FinalNames.Give([.. _encoders.SelectMany(e => e.Partial.Renames(e.Frames).Select(r => (r.From, r.To, e.Output.Overwrite)))]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputChecks.NotWritable(_encoders[0].Partial.Target, e);
        }
    }
}
