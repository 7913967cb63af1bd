using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Small files an encoder needs beside the source, among the system's temporary files: a timecode track, a cover picture.</summary>
internal sealed class SideFiles
{
    private const int MostAnswerBytes = 64 * 1024;

    private readonly List<string> _made = [];

    /// <summary>A file whose data track is the timecode's; null: none.</summary>
    public string? Timecode { get; private set; }

    /// <summary>A picture to attach; null: none.</summary>
    public string? Cover { get; private set; }

    /// <exception cref="MatteException">Output, <c>encoder-failed</c>.</exception>
    public async Task MakeAsync(FfmpegTools tools, MediaInfo source, SideStreams sides, OutputTiming timing, TimeProvider time, CancellationToken cancellationToken)
    {
        if (sides.NewTimecode is { } timecode)
        {
            Timecode = New(".mov");
            await TimecodeFile.MakeAsync(tools, Timecode, timecode, timing.TimecodeRate, time, cancellationToken).ConfigureAwait(false);
        }

        if (sides.Attached is { } cover)
        {
            Cover = New(Path.GetExtension(cover.FileName));
            await ExtractAsync(tools, source, cover.SourceIndex, Cover, time, cancellationToken).ConfigureAwait(false);
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

    private static async Task ExtractAsync(FfmpegTools tools, MediaInfo source, int stream, string file, TimeProvider time, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-v", "error", "-nostdin", "-y", .. MediaDoor.InputArguments(source.Path, int.MaxValue), "-map", "0:" + SideArguments.Text(stream),
            "-c", "copy", "-f", "image2", "-update", "1", MediaDoor.Url(file),
        ];
        FfmpegOutput answer = await FfmpegProcess.RunAsync(tools.FfmpegPath, arguments, MostAnswerBytes, null, time, cancellationToken).ConfigureAwait(false);
        if (answer.ExitCode != 0)
            throw new MatteException(ErrorKind.Output, "encoder-failed", $"The cover picture of {source.Path} could not be copied; see --verbose for ffmpeg's words.")
            {
                Detail = answer.ErrorTail,
            };
    }
}
