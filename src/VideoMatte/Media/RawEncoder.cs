using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Planes made by code into one small file, so that the same planes give the same file bit for bit with the same ffmpeg on every
/// machine of an architecture: one thread, no processor-dependent code in ffmpeg's own encoders, nothing of the time or the version in the
/// container. For clips that are drawn, not for the main job.</summary>
public sealed class RawEncoder(FfmpegTools tools, TimeProvider time)
{
    /// <summary>Encodes all frames. Nothing has the name <paramref name="path"/> before the file is whole.</summary>
    /// <param name="path">The file to be; one that exists is replaced.</param>
    /// <param name="encoding">How.</param>
    /// <param name="format">Of every frame: 8-bit 4:2:0 or 16-bit grey.</param>
    /// <param name="rate">Frames a second.</param>
    /// <param name="frames">The bytes of each frame, planes tightly packed, each valid until the next is asked for.</param>
    /// <param name="wave">A WAV file that becomes the sound, or null.</param>
    /// <param name="cancellationToken">Kills the encoder and removes what it wrote.</param>
    /// <exception cref="MatteException"><c>encoder-failed</c>: ffmpeg ended with an error or the file lacks frames.</exception>
    public async Task<WrittenFile> EncodeAsync(
        string path, RawEncoding encoding, FrameFormat format, Rational rate, IAsyncEnumerable<ReadOnlyMemory<byte>> frames, string? wave,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(frames);
        string pixels = PixelFormat(format), target = Path.GetFullPath(path);
        string name = $".{Path.GetFileNameWithoutExtension(target)}.partial-{Guid.NewGuid():N}{Path.GetExtension(target)}";
        string partial = Path.Combine(Path.GetDirectoryName(target)!, name);
        try
        {
            long sent = await RunAsync(partial, Arguments(encoding, format, pixels, rate, wave, partial), frames,
                cancellationToken).ConfigureAwait(false);
            await CheckAsync(partial, sent, cancellationToken).ConfigureAwait(false);
            File.Move(partial, target, overwrite: true);
            return new WrittenFile(path, encoding == RawEncoding.Ffv1 ? "ffv1" : "h264", new FileInfo(target).Length, sent, []);
        }
        finally
        {
            if (File.Exists(partial))
                File.Delete(partial);
        }
    }

    private static string PixelFormat(FrameFormat format) => (format.Layout, format.Depth) switch
    {
        (PlaneLayout.Yuv420, 8) => "yuv420p",
        (PlaneLayout.Gray, 16) => "gray16le",
        _ => throw new ArgumentException("only 8-bit 4:2:0 and 16-bit grey are encoded here", nameof(format)),
    };

    private static List<string> Arguments(
        RawEncoding encoding, FrameFormat format, string pixels, Rational rate, string? wave, string partial)
    {
        List<string> arguments =
        [
            // Without -cpuflags 0 the float code of the AAC encoder rounds otherwise from processor to processor.
            "-hide_banner", "-loglevel", "warning", "-nostats", "-y", "-cpuflags", "0",
            "-f", "rawvideo", "-pixel_format", pixels,
            "-video_size", string.Create(CultureInfo.InvariantCulture, $"{format.Width}x{format.Height}"),
            "-framerate", rate.ToString(), "-i", "pipe:0",
        ];
        if (wave is not null)
            arguments.AddRange(["-protocol_whitelist", "file", "-f", "wav", "-i", "file:" + Path.GetFullPath(wave)]);
        arguments.AddRange(["-map", "0:v"]);
        if (wave is not null)
            arguments.AddRange(["-map", "1:a"]);
        arguments.AddRange(encoding == RawEncoding.Ffv1
            ? ["-c:v", "ffv1", "-level", "3", "-coder", "1", "-context", "1", "-g", "25", "-slices", "4", "-f", "matroska"]
            :
            [
                "-c:v", "libx264", "-preset", "slower", "-crf", "20", "-g", "50", "-pix_fmt", "yuv420p",
                "-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
                "-chroma_sample_location", "left",
                "-c:a", "aac", "-b:a", "80k", "-movflags", "+faststart", "-f", "mp4",
            ]);
        arguments.AddRange(
            ["-threads", "1", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-fflags", "+bitexact", "-map_metadata", "-1",
                "file:" + partial]);
        return arguments;
    }

    private async Task<long> RunAsync(
        string partial, List<string> arguments, IAsyncEnumerable<ReadOnlyMemory<byte>> frames, CancellationToken cancellationToken)
    {
        FfmpegProcess child = FfmpegProcess.Start(tools.FfmpegPath, arguments, null, time);
        await using (child.ConfigureAwait(false))
        {
            long sent = 0;
            try
            {
                await foreach (ReadOnlyMemory<byte> frame in frames.WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    await child.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
                    sent++;
                }
            }
            catch (IOException)
            {
                // It has gone before it had all: its exit code says why.
                _ = await child.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
                throw Failed(child, partial);
            }

            child.CloseInput();
            if (await child.WaitForExitAsync(cancellationToken).ConfigureAwait(false) != 0)
                throw Failed(child, partial);
            return sent;
        }
    }

    private async Task CheckAsync(string partial, long sent, CancellationToken cancellationToken)
    {
        long? found = await PictureCount.OfAsync(tools, partial, indexed: false, time, cancellationToken).ConfigureAwait(false);
        if (found != sent)
            throw new MatteException(
                ErrorKind.Output, "encoder-failed",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The encoder was sent {sent} frames and its file holds {found}; try again."));
    }

    private static MatteException Failed(FfmpegProcess child, string partial) =>
        child.Failure(
            ErrorKind.Output, "encoder-failed",
            $"ffmpeg could not write beside {Path.GetDirectoryName(partial)}; see --verbose for its words.");
}
