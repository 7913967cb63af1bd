using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Who writes HEVC with alpha on this machine: Apple's VideoToolbox, or a libx265 that was built for alpha. What an ffmpeg lists
/// says nothing about the second: a small clip is encoded and its alpha decoded again.</summary>
internal static class HevcAlpha
{
    private const int Width = 320, Height = 240, ProbeFrames = 2;

    /// <summary>Of 255: the alpha of the probe's left half, and how far a lossy codec may move it.</summary>
    private const int ProbeAlpha = 96, ProbeTolerance = 12;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>In order of preference: constant quality is there on Apple silicon only.</summary>
    private static readonly IReadOnlyList<string>[] Candidates =
    [
        ["-c:v", "hevc_videotoolbox", "-alpha_quality", "0.75", "-q:v", "65", "-tag:v", "hvc1"],
        ["-c:v", "hevc_videotoolbox", "-alpha_quality", "0.75", "-b:v", "20M", "-tag:v", "hvc1"],
        ["-c:v", "libx265", "-preset", "medium", "-crf", "20", "-x265-params", "log-level=error", "-tag:v", "hvc1"],
    ];

    /// <summary>True for outputs whose encoder is not known yet.</summary>
    public static bool IsOpen(OutputSpec output) => output.Preset.Id == Presets.HevcAlpha.Id && output.Preset.EncoderArguments.Count == 0;

    /// <summary>libx265 takes planes with alpha, VideoToolbox packed RGB.</summary>
    public static bool TakesPlanes(Preset preset) => preset.EncoderArguments.Contains("libx265");

    /// <summary>The outputs with the encoder named where it was open; others come back as they are, and nothing is run for them.</summary>
    /// <exception cref="MatteException">Output, <c>encoder-missing</c>: no encoder of this ffmpeg writes HEVC with alpha.</exception>
    public static async Task<IReadOnlyList<OutputSpec>> SettleAsync(
        FfmpegTools tools, IReadOnlyList<OutputSpec> outputs, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!outputs.Any(IsOpen))
            return outputs;
        IReadOnlySet<string> there = await FfmpegEncoders.ListAsync(tools, time, cancellationToken).ConfigureAwait(false);
        foreach (IReadOnlyList<string> candidate in Candidates.Where(c => there.Contains(c[1])))
        {
            Preset preset = Presets.HevcAlpha with { EncoderArguments = candidate };
            (bool encodes, bool readsBack) = await TryAsync(tools, preset, time, cancellationToken).ConfigureAwait(false);
            // VideoToolbox is trusted where this ffmpeg is too old to decode an alpha layer; x265 without alpha encodes, and drops it.
            if (encodes && (readsBack || !TakesPlanes(preset)))
                return [.. outputs.Select(o => IsOpen(o) ? o with { Preset = preset, AlphaIsUnreadable = !readsBack } : o)];
        }

        throw new MatteException(
            ErrorKind.Output, "encoder-missing",
            $"This ffmpeg ({tools.Version}) cannot write HEVC with alpha: it takes macOS's VideoToolbox or an ffmpeg 8 whose libx265 was built for alpha; use prores4444 or vp9-alpha, or name another with --ffmpeg.");
    }

    /// <summary>ffmpeg's name of the pixels the encoder gets.</summary>
    public static string PixelFormat(Preset preset) => TakesPlanes(preset) ? "yuva420p" : "bgra";

    private static async Task<(bool Encodes, bool ReadsBack)> TryAsync(
        FfmpegTools tools, Preset preset, TimeProvider time, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("videomatte-").FullName;
        try
        {
            string file = "file:" + Path.Combine(folder, "probe.mov");
            FfmpegProcess child = FfmpegProcess.Start(
                tools.FfmpegPath,
                [
                    "-v", "error", "-nostdin", "-y", "-f", "rawvideo", "-pixel_format", "bgra", "-video_size", $"{Width}x{Height}", "-framerate", "10",
                    "-i", "pipe:0", .. preset.EncoderArguments, "-pix_fmt", PixelFormat(preset), "-f", "mov", file,
                ],
                Limit, time);
            await using (child.ConfigureAwait(false))
            {
                try
                {
                    for (int i = 0; i < ProbeFrames; i++)
                        await child.WriteAsync(Picture(), cancellationToken).ConfigureAwait(false);
                }
                catch (IOException)
                {
                    // It refused the format or the device: its exit code says so.
                }

                child.CloseInput();
                if (await child.WaitForExitAsync(cancellationToken).ConfigureAwait(false) != 0)
                    return (false, false);
            }

            return (true, await ReadsBackAsync(tools, file, time, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Grey, a third covered on the left, full on the right.</summary>
    private static byte[] Picture()
    {
        byte[] picture = new byte[4 * Width * Height];
        Array.Fill(picture, (byte)40);
        for (int i = 0; i < Width * Height; i++)
            picture[(4 * i) + 3] = i % Width < Width / 2 ? (byte)ProbeAlpha : (byte)255;
        return picture;
    }

    private static async Task<bool> ReadsBackAsync(FfmpegTools tools, string file, TimeProvider time, CancellationToken cancellationToken)
    {
        FfmpegProcess child = FfmpegProcess.Start(
            tools.FfmpegPath,
            ["-v", "error", "-nostdin", "-i", file, "-vf", "extractplanes=a", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1"], Limit, time);
        await using (child.ConfigureAwait(false))
        {
            child.CloseInput();
            byte[] alpha = new byte[Width * Height];
            int length = 0;
            for (int read; length < alpha.Length && (read = await child.ReadAsync(alpha.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0;)
                length += read;
            int middle = Height / 2 * Width;
            return length == alpha.Length && Math.Abs(alpha[middle + (Width / 4)] - ProbeAlpha) <= ProbeTolerance
                && alpha[middle + (Width * 3 / 4)] >= 255 - ProbeTolerance;
        }
    }
}
