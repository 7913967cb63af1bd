using System.Globalization;

namespace VideoMatte.Media;

/// <summary>How many pictures a finished file holds, asked of ffprobe.</summary>
internal static class PictureCount
{
    private const int MostAnswerBytes = 64 * 1024;

    /// <summary>ffprobe reads the whole file before its first word: on a slow disk a long clip takes a while.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <param name="tools">ffprobe.</param>
    /// <param name="file">Written by us; its first video stream is counted.</param>
    /// <param name="indexed">The file's index, written last, lists every picture (.mov, .mp4): the rest need not be read.</param>
    /// <param name="time">The clock of the stall timer.</param>
    /// <param name="cancellationToken">Kills ffprobe.</param>
    /// <returns>0 where it cannot be read; null where ffprobe did not answer.</returns>
    public static async Task<long?> OfAsync(FfmpegTools tools, string file, bool indexed, TimeProvider time, CancellationToken cancellationToken)
    {
        string[] question =
        [
            "-v", "error", "-protocol_whitelist", "file", "-select_streams", "v:0", .. indexed ? [] : (string[])["-count_packets"],
            "-show_entries", indexed ? "stream=nb_frames" : "stream=nb_read_packets",
            "-of", "default=nk=1:nw=1", "-i", "file:" + file,
        ];
        FfmpegOutput answer = await FfmpegProcess.RunAsync(tools.FfprobePath, question, MostAnswerBytes, Limit, time, cancellationToken).ConfigureAwait(false);
        if (answer.Stalled)
            return null;
        return long.TryParse(answer.Text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long pictures) ? pictures : 0;
    }
}
