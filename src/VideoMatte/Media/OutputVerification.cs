using System.Globalization;
using System.Runtime.InteropServices;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The look into a finished file, by a decoder: does it hold every frame, and is its alpha the one that was sent?</summary>
internal sealed class OutputVerification(FfmpegTools tools, TimeProvider time)
{
    /// <summary>Least signal-to-noise ratio of alpha after a lossy codec, in dB. ProRes was measured lossless, VP9 at its settings above
    /// 35; alpha that was lost or belongs to another frame stays under 25 on any picture that moves.</summary>
    private const double LeastPsnr = 28;

    /// <exception cref="MatteException"><c>encoder-failed</c>: frames are missing, or alpha is not what was sent.</exception>
    public async Task CheckAsync(MediaEncoder encoder, CancellationToken cancellationToken)
    {
        long found = await CountAsync(encoder, cancellationToken).ConfigureAwait(false);
        if (found != encoder.Frames)
            throw encoder.Failed(string.Create(CultureInfo.InvariantCulture, $"{encoder.Frames} frames were sent and the file holds {found}"));
        if (encoder.AlphaDepth > 0 && !encoder.Output.AlphaIsUnreadable)
            await CheckAlphaAsync(encoder, cancellationToken).ConfigureAwait(false);
    }

    private async Task<long> CountAsync(MediaEncoder encoder, CancellationToken cancellationToken)
    {
        PartialOutput partial = encoder.Partial;
        if (partial.IsSequence)
            return Directory.EnumerateFiles(partial.PartialPath).LongCount();
        if (encoder.Output.Preset.Container == MediaContainer.Images)
            return new FileInfo(partial.PartialPath).Length > 0 ? 1 : 0;
        // The index of a .mov or .mp4 lists every frame and was written last: the rest of the file need not be read again.
        bool indexed = encoder.Output.Preset.Container is MediaContainer.Mov or MediaContainer.Mp4;
        return await PictureCount.OfAsync(tools, partial.PartialPath, indexed, time, cancellationToken).ConfigureAwait(false)
            ?? throw encoder.Failed("ffprobe, asked how many frames it holds, did not answer");
    }

    private async Task CheckAlphaAsync(MediaEncoder encoder, CancellationToken cancellationToken)
    {
        SentAlpha sent = encoder.Sent;
        int depth = StoredDepth(encoder), samples = encoder.Picture.Width * encoder.Picture.Height;
        bool pairs = encoder.Plan.AlphaInPairs;
        byte[] stored = new byte[samples * (depth > 8 || pairs ? 2 : 1)];
        FfmpegProcess child = FfmpegProcess.Start(tools.FfmpegPath, DecodeArguments(encoder, depth), null, time);
        await using (child.ConfigureAwait(false))
        {
            child.CloseInput();
            int length = 0;
            for (int read; length < stored.Length
                && (read = await child.ReadAsync(stored.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0;)
                length += read;
            if (length < stored.Length)
                throw encoder.Failed("its alpha cannot be decoded again");
        }

        if (pairs)
            for (int i = 0; i < samples; i++)
                stored[i] = stored[(2 * i) + 1];
        double psnr = Psnr(sent.Codes, stored, encoder.AlphaDepth, depth, samples);
        if (psnr < (encoder.Output.Preset.IsLossless ? double.PositiveInfinity : LeastPsnr))
            throw encoder.Failed(string.Create(
                CultureInfo.InvariantCulture, $"the alpha of frame {sent.Frame} in it is not the one that was sent ({psnr:F1} dB)"));
    }

    /// <summary>Bits of the decoder's alpha: a ProRes decoder gives 12.</summary>
    private static int StoredDepth(MediaEncoder encoder) => encoder.Output.Preset == Presets.ProRes4444 ? 12 : encoder.AlphaDepth;

    private static List<string> DecodeArguments(MediaEncoder encoder, int depth)
    {
        PartialOutput partial = encoder.Partial;
        SentAlpha sent = encoder.Sent;
        bool images = encoder.Output.Preset.Container == MediaContainer.Images;
        List<string> arguments = ["-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe"];
        // ffmpeg's readers of single pictures are named as the presets are.
        if (images)
            arguments.AddRange(["-f", encoder.Output.Preset.Id + "_pipe"]);
        // ffmpeg's own VP9 decoder drops alpha.
        if (encoder.Output.Preset == Presets.Vp9Alpha)
            arguments.AddRange(["-c:v", "libvpx-vp9"]);
        if (!images && sent.TimeBefore is { } before)
        {
            // Half way between the frame before and this one: containers that count in milliseconds have moved both by less.
            double seconds = (before.ToDouble() + sent.Time.ToDouble()) / 2;
            arguments.AddRange(["-seek_timestamp", "1", "-ss", seconds.ToString("F6", CultureInfo.InvariantCulture)]);
        }

        arguments.AddRange(["-i", "file:" + partial.FileOf(sent.Frame), "-map", "0:v:0"]);
        // ffmpeg 5.1 extracts the alpha of ya8 one sample too far to the left: its pairs are taken as they are.
        bool pairs = encoder.Plan.AlphaInPairs;
        arguments.AddRange(encoder.Output.MatteOnly ? MatteFilter(encoder) : pairs ? [] : ["-vf", "extractplanes=a"]);
        string pixels = pairs ? "ya8" : PixelFormatNames.Of(PlaneLayout.Gray, depth);
        // Passthrough: at a constant rate ffmpeg would fill a long gap with a frame it dropped.
        arguments.AddRange(["-fps_mode", "passthrough", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", pixels, "pipe:1"]);
        return arguments;
    }

    /// <summary>A matte in JPEG is luma; in H.264 it is of limited range, too, and perhaps padded by an edge.</summary>
    private static string[] MatteFilter(MediaEncoder encoder) => encoder.Output.Preset == Presets.Jpeg ? ["-vf", "extractplanes=y"]
        : encoder.Output.Preset == Presets.H264 ? ["-vf", string.Create(CultureInfo.InvariantCulture,
            $"crop={encoder.Picture.Width}:{encoder.Picture.Height}:0:0:exact=1,scale=in_range=tv:out_range=pc,format=gray")]
        : [];

    private static double Psnr(ReadOnlySpan<byte> sent, ReadOnlySpan<byte> stored, int sentDepth, int storedDepth, int samples)
    {
        ReadOnlySpan<ushort> sentWords = MemoryMarshal.Cast<byte, ushort>(sent), storedWords = MemoryMarshal.Cast<byte, ushort>(stored);
        double full = (1 << sentDepth) - 1, sum = 0;
        for (int i = 0; i < samples; i++)
        {
            double difference = (sentDepth > 8 ? sentWords[i] : sent[i]) - ((storedDepth > 8 ? storedWords[i] : stored[i]) >> (storedDepth - sentDepth));
            sum += difference * difference;
        }

        return sum == 0 ? double.PositiveInfinity : 10 * Math.Log10(full * full / (sum / samples));
    }
}
