using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>What an ffmpeg can encode.</summary>
public static class FfmpegEncoders
{
    private const int MostBytes = 1 << 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Names of all encoders it was built with.</summary>
    /// <exception cref="MatteException"><c>ffmpeg-unusable</c>: it does not answer.</exception>
    public static async Task<IReadOnlySet<string>> ListAsync(FfmpegTools tools, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tools);
        FfmpegOutput output = await FfmpegProcess.RunAsync(
            tools.FfmpegPath, ["-hide_banner", "-encoders"], MostBytes, Limit, time, cancellationToken).ConfigureAwait(false);
        if (output.ExitCode != 0 || output.Stalled)
            throw new MatteException(ErrorKind.Input, "ffmpeg-unusable", $"{tools.FfmpegPath} does not list its encoders; name another with --ffmpeg.");
        // " V....D prores_ks   Apple ProRes (iCodec Pro)": flags, name, words.
        return output.Text.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length >= 2 && words[0].Length == 6 && words[0][0] is 'V' or 'A' or 'S')
            .Select(words => words[1])
            .ToHashSet(StringComparer.Ordinal);
    }
}
