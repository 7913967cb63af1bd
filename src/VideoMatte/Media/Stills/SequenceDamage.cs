using VideoMatte.Frames;

namespace VideoMatte.Media.Stills;

/// <summary>Finds the picture of a sequence that a decoder complained about without saying which.</summary>
internal static class SequenceDamage
{
    private const int MostBytes = 64 * 1024;

    /// <summary>Nothing comes from the child before it has read all of its share.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <summary>The error for a picture that gave no frame.</summary>
    /// <param name="info">A sequence.</param>
    /// <param name="file">One of its files.</param>
    /// <param name="words">The decoder's.</param>
    public static MatteException Undecodable(MediaInfo info, string file, string? words = null) =>
        new(ErrorKind.Input, "sequence-frame-damaged", $"{file} is damaged and cannot be decoded: render it again.") { Clip = info.Path, Detail = words };

    /// <summary>Halves the sequence until one picture is left that a decoder complains about by itself; the first, where several are damaged.</summary>
    /// <param name="tools">ffmpeg.</param>
    /// <param name="info">A sequence.</param>
    /// <param name="from">Index of the first picture that may be it.</param>
    /// <param name="to">Behind the last.</param>
    /// <param name="cancellationToken">Kills the decoder.</param>
    /// <returns>Null: none of them.</returns>
    public static async Task<MatteException?> FindAsync(FfmpegTools tools, MediaInfo info, int from, int to, CancellationToken cancellationToken)
    {
        string? words = from < to ? await ComplaintAsync(tools, info, from, to, cancellationToken).ConfigureAwait(false) : null;
        if (words is null)
            return null;
        while (to - from > 1)
        {
            int middle = from + ((to - from) / 2);
            string? first = await ComplaintAsync(tools, info, from, middle, cancellationToken).ConfigureAwait(false);
            words = first ?? words;
            (from, to) = first is null ? (middle, to) : (from, middle);
        }

        return Undecodable(info, info.Sequence!.Files[from], words);
    }

    /// <summary>What a decoder of these pictures says; null: nothing, all is well.</summary>
    private static async Task<string?> ComplaintAsync(FfmpegTools tools, MediaInfo info, int from, int to, CancellationToken cancellationToken)
    {
        ImageSequence sequence = info.Sequence!;
        MediaInfo part = info with { Sequence = sequence with { FirstNumber = sequence.FirstNumber + from } };
        string[] arguments =
        [
            // One thread: none decodes ahead of what is asked for.
            "-v", "error", "-nostdin", "-threads", "1", .. DecoderCommand.StillArguments(info), .. MediaDoor.InputArguments(part, int.MaxValue),
            "-map", "0:v:0", "-frames:v", (to - from).ToString(System.Globalization.CultureInfo.InvariantCulture), "-f", "null", "-",
        ];
        FfmpegOutput output = await FfmpegProcess.RunAsync(tools.FfmpegPath, arguments, MostBytes, Limit, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        return output.ExitCode != 0 || output.ErrorTail.AsSpan().Trim().Length > 0 ? output.ErrorTail : null;
    }
}
