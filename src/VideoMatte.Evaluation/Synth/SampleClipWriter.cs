using System.Runtime.CompilerServices;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Evaluation.Synth;

/// <summary>Writes sample clips: <c>NAME.mp4</c> (H.264 with AAC) and, where asked for, <c>NAME_alpha.mkv</c>, the true matte (FFV1, grey,
/// 16 bits). With the same ffmpeg a second writing gives the same files bit for bit.</summary>
public sealed class SampleClipWriter(FfmpegTools tools, TimeProvider time)
{
    private readonly RawEncoder _encoder = new(tools, time);

    /// <summary>Writes one clip. Files of these names are replaced, each when its successor is whole.</summary>
    /// <param name="clip">What to draw.</param>
    /// <param name="folder">Exists or is made.</param>
    /// <param name="withAlpha">Also the matte, a few megabytes.</param>
    /// <param name="progress">Told the number of frames drawn so far, of <see cref="SampleClip.FrameCount"/>; null: nobody.</param>
    /// <param name="cancellationToken">Stops; a file that is not whole is removed.</param>
    /// <exception cref="MatteException">The folder cannot be written, or the encoder failed.</exception>
    public async Task<IReadOnlyList<WrittenFile>> WriteAsync(
        SampleClip clip, string folder, bool withAlpha, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string wave = Path.Combine(folder, $".{clip.Name}.partial-{Guid.NewGuid():N}.wav");
        try
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(wave, SampleSound.RenderWave(clip), cancellationToken).ConfigureAwait(false);
            var written = new List<WrittenFile>
            {
                await _encoder.EncodeAsync(
                    Path.Combine(folder, clip.Name + ".mp4"), RawEncoding.H264Small, clip.Format, clip.Rate,
                    PicturesAsync(clip, progress, cancellationToken), wave, cancellationToken).ConfigureAwait(false),
            };
            if (withAlpha)
            {
                var format = new FrameFormat(
                    clip.Format.Width, clip.Format.Height, PlaneLayout.Gray, 16,
                    new ColourDescription(ColourMatrix.Unspecified, ColourRange.Full));
                written.Add(await _encoder.EncodeAsync(
                    Path.Combine(folder, clip.Name + "_alpha.mkv"), RawEncoding.Ffv1, format, clip.Rate,
                    MattesAsync(clip, progress, cancellationToken), null, cancellationToken).ConfigureAwait(false));
            }

            return written;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MatteException(ErrorKind.Output, "output-unwritable", $"{folder} cannot be written: {e.Message}", e);
        }
        finally
        {
            if (File.Exists(wave))
                File.Delete(wave);
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> PicturesAsync(
        SampleClip clip, IProgress<int>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pool = new FramePool();
        var reader = new SampleClipReader(clip, pool);
        await using (reader.ConfigureAwait(false))
        {
            int done = 0;
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } picture)
            {
                using (picture)
                    yield return picture.Memory;
                progress?.Report(++done);
            }
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> MattesAsync(
        SampleClip clip, IProgress<int>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pool = new FramePool();
        SampleFrame frame = clip.CreateFrame();
        for (int i = 0; i < clip.FrameCount; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            clip.Draw(i, frame);
            using AlphaMatte matte = AlphaMatte.Rent(pool, frame.Width, frame.Height);
            frame.CopyAlphaTo(matte);
            yield return matte.Memory;
            progress?.Report(i + 1);
            await Task.Yield();
        }
    }
}
