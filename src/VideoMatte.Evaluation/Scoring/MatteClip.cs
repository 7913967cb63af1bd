using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Evaluation.Scoring;

/// <summary>The frames of a file as mattes, in order: its alpha plane where it has one, else its luma. Reads one frame ahead. Used by one
/// caller at a time; disposing ends the decoder.</summary>
internal sealed class MatteClip : IAsyncDisposable
{
    private readonly MediaInfo _file;
    private readonly IFrameReader _reader;
    private readonly LumaMatte _luma;
    private readonly AlphaMatte _matte;
    private readonly byte[]? _eightBits;
    private readonly CancellationTokenSource _stop;
    private Task<VideoFrame?> _ahead;
    private bool _isFull = true;
    private bool _isColoured;

    private MatteClip(MediaInfo file, IFrameReader reader, bool eightBits, IFramePool pool, CancellationTokenSource stop)
    {
        (_file, _reader, _stop) = (file, reader, stop);
        _luma = new LumaMatte(reader.Format);
        _matte = AlphaMatte.Rent(pool, reader.Format.Width, reader.Format.Height);
        _eightBits = eightBits ? new byte[_matte.Samples.Length] : null;
        Side = new(file.Video.HasAlphaPlane, reader.Format.Depth);
        _ahead = ReadAsync();
    }

    /// <summary>What is read.</summary>
    public ClipScore.Side Side { get; }

    /// <summary>Frames taken so far.</summary>
    public int Frames { get; private set; }

    /// <summary>Of the frame taken last.</summary>
    public AlphaMatte Matte => _matte;

    /// <summary>What was noticed; complete once it is disposed.</summary>
    public IEnumerable<MatteWarning> Warnings
    {
        get
        {
            foreach (MatteWarning warning in _reader.Warnings)
                yield return warning;
            if (Side.IsAlpha && _isFull && Frames > 0)
                yield return new MatteWarning("alpha-full", $"The alpha plane of {_file.Path} is full in every frame: where the matte is its picture, save it without alpha.");
            if (_isColoured)
                yield return new MatteWarning("matte-coloured", $"{_file.Path} is in colour and has no alpha: its luma was scored; where it is the picture and not the matte, name the matte.");
        }
    }

    /// <param name="tools">ffmpeg.</param>
    /// <param name="file">Looked at.</param>
    /// <param name="settings">How far to read, and at which depth.</param>
    /// <param name="pool">Lends frames and matte.</param>
    /// <param name="time">The clock of the stall timer.</param>
    /// <param name="cancellationToken">Ends start and reads.</param>
    /// <exception cref="MatteException">Input: <see cref="MediaReader"/>'s; <c>matte-is-light</c>.</exception>
    public static async Task<MatteClip> OpenAsync(
        FfmpegTools tools, MediaInfo file, ScoringSettings settings, IFramePool pool, TimeProvider time, CancellationToken cancellationToken)
    {
        // An EXR's light comes through a display's curve: as a matte it would be another one.
        if (file.Video.Codec == "exr" && !file.Video.HasAlphaPlane)
            throw new MatteException(ErrorKind.Input, "matte-is-light", $"{file.Path} is EXR without alpha, whose values are light: give its matte as the alpha, or as PNG or TIFF.");
        var options = new ReaderOptions
        {
            AlphaPlane = file.Video.HasAlphaPlane,
            FrameLimit = settings.Frames is { } frames ? (long)settings.From + frames : null,
            MaxPixels = settings.MaxPixels,
        };
        IFrameReader reader = await MediaReader.OpenAsync(tools, file, options, pool, time, cancellationToken).ConfigureAwait(false);
        return new MatteClip(file, reader, settings.EightBits, pool, CancellationTokenSource.CreateLinkedTokenSource(cancellationToken));
    }

    /// <summary>Takes the next frame into <see cref="Matte"/>.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="MatteException">The decoder's.</exception>
    public async Task<bool> NextAsync()
    {
        using (VideoFrame? frame = await TakeAsync().ConfigureAwait(false))
        {
            if (frame is null)
                return false;
            _luma.Write(frame, _matte.Samples);
            _isColoured = _isColoured || (!Side.IsAlpha && PictureColour.IsColoured(frame));
        }

        if (_eightBits is not null)
            RoundToEightBits(_matte.Samples, _eightBits);
        _isFull = _isFull && _matte.Samples.IndexOfAnyExcept((ushort)AlphaMatte.Opaque) < 0;
        return true;
    }

    /// <summary>Leaves the next frame out.</summary>
    /// <returns>False at the end.</returns>
    public async Task<bool> SkipAsync()
    {
        using VideoFrame? frame = await TakeAsync().ConfigureAwait(false);
        return frame is not null;
    }

    /// <summary>The count as a sentence has it: <c>NAME has 96 frames</c>; what is left is counted.</summary>
    public async Task<string> CountAsync()
    {
        while (await SkipAsync().ConfigureAwait(false))
        {
        }

        return string.Create(CultureInfo.InvariantCulture, $"{_file.Path} has {Frames} {(Frames == 1 ? "frame" : "frames")}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            (await _ahead.ConfigureAwait(false))?.Dispose();
        }
        catch (Exception error) when (error is OperationCanceledException or MatteException)
        {
            // Nobody asked for that frame.
        }

        await _reader.DisposeAsync().ConfigureAwait(false);
        _matte.Dispose();
        _stop.Dispose();
    }

    private static void RoundToEightBits(Span<ushort> matte, byte[] codes)
    {
        AlphaRounding.ToBytes(matte, codes);
        for (int i = 0; i < matte.Length; i++)
            matte[i] = (ushort)(codes[i] * (AlphaMatte.Opaque / byte.MaxValue));
    }

    private async Task<VideoFrame?> TakeAsync()
    {
        VideoFrame? frame = await _ahead.ConfigureAwait(false);
        _ahead = frame is null ? Task.FromResult<VideoFrame?>(null) : ReadAsync();
        Frames += frame is null ? 0 : 1;
        return frame;
    }

    private Task<VideoFrame?> ReadAsync() => _reader.ReadAsync(_stop.Token).AsTask();
}
