using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Small files an encoder needs beside the source, among the system's temporary files: a timecode track, a cover picture,
/// subtitles of a part.</summary>
internal sealed class SideFiles
{
    private const int MostAnswerBytes = 64 * 1024;

    /// <summary>Nothing comes from the child before it has read all of its share.</summary>
    private static readonly TimeSpan ReadingLimit = TimeSpan.FromMinutes(30);

    private readonly List<string> _made = [];

    /// <summary>A file whose data track is the timecode's; null: none.</summary>
    public string? Timecode { get; private set; }

    /// <summary>A picture to attach; null: none.</summary>
    public string? Cover { get; private set; }

    /// <summary>Subtitles of the part; null: none, or all of the source is written.</summary>
    public string? Subtitles { get; private set; }

    /// <exception cref="MatteException">Output, <c>encoder-failed</c>.</exception>
    public async Task MakeAsync(
        FfmpegTools tools, MediaInfo source, SideStreams sides, OutputSpec output, Rational moved, TimeProvider time, CancellationToken cancellationToken)
    {
        if (sides.NewTimecode is { } timecode)
        {
            Timecode = New(".mov");
            await TimecodeFile.MakeAsync(tools, Timecode, timecode, output.Timing.TimecodeRate, time, cancellationToken).ConfigureAwait(false);
        }

        if (sides.Attached is { } cover)
        {
            Cover = New(Path.GetExtension(cover.FileName));
            string[] arguments =
            [
                "-v", "error", "-nostdin", "-y", .. MediaDoor.InputArguments(source.Path, int.MaxValue), "-map", "0:" + SideArguments.Text(cover.SourceIndex),
                "-c", "copy", "-f", "image2", "-update", "1", MediaDoor.Url(Cover),
            ];
            await RunAsync(tools, arguments, $"The cover picture of {source.Path}", null, time, cancellationToken).ConfigureAwait(false);
        }

        if (sides.CutSubtitles.Count > 0)
        {
            Subtitles = New(SubtitleCut.Extension(source));
            await RunAsync(
                tools, SubtitleCut.Arguments(source, sides.CutSubtitles, output.Timing, moved, Subtitles), $"The part's subtitles of {source.Path}", ReadingLimit, time,
                cancellationToken, SubtitleCut.Input(source)).ConfigureAwait(false);
        }
    }

    /// <summary>Nothing is thrown.</summary>
    public void Remove()
    {
        foreach (string file in _made)
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A few kilobytes among the system's temporary files.
            }
        }

        _made.Clear();
    }

    private string New(string extension)
    {
        string file = Path.Combine(Path.GetTempPath(), $"videomatte-{Guid.NewGuid():N}{extension}");
        _made.Add(file);
        return file;
    }

    private static async Task RunAsync(
        FfmpegTools tools, IReadOnlyList<string> arguments, string what, TimeSpan? limit, TimeProvider time, CancellationToken cancellationToken,
        ReadOnlyMemory<byte> fed = default)
    {
        FfmpegOutput answer = await FfmpegProcess.RunAsync(tools.FfmpegPath, arguments, MostAnswerBytes, limit, time, cancellationToken, fed).ConfigureAwait(false);
        if (answer.ExitCode != 0)
            throw new MatteException(ErrorKind.Output, "encoder-failed", $"{what} could not be copied; see --verbose for ffmpeg's words.")
            {
                Detail = answer.ErrorTail,
            };
    }
}
