using System.Globalization;
using System.Text;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Temporal;

namespace VideoMatte.Pipelines;

/// <summary>Reads the file that <c>--shots</c> names. It is anybody's: plain text of a bounded size, or one sentence.</summary>
internal static class ShotListFile
{
    /// <summary>Ten times what the longest list of frame numbers takes.</summary>
    private const int MostBytes = 8 << 20;

    /// <summary>Ends files of old systems.</summary>
    private const char EndOfFile = '\u001a';

    /// <exception cref="MatteException">Input, <c>shots-file</c>.</exception>
    public static async Task<IReadOnlyList<ShotMark>> ReadAsync(string path, MediaInfo source, CancellationToken cancellationToken)
    {
        string text = Encoding.Latin1.GetString(await BytesAsync(path, cancellationToken).ConfigureAwait(false));
        // What counts in a list is ASCII; names in notes may be of any code page.
        text = text.StartsWith("ï»¿", StringComparison.Ordinal) ? text[3..] : text;
        text = text.TrimEnd(EndOfFile);
        if (text.Any(c => c < ' ' && c is not ('\t' or '\r' or '\n' or '\f')))
            throw ShotList.Wrong($"{path} is no text: a shot list has a frame number, a time or a timecode a line, or is an edit list (CMX 3600); save it as plain text.");
        return ShotList.Parse(text, new ShotListClock(SourceTimecode.Rate(source), SourceTimecode.Find(source), source.Video.Duration ?? source.Duration), path);
    }

    private static async Task<byte[]> BytesAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            // A pipe or a device has no length; opening one could wait for ever.
            if (new FileInfo(path) is not { Exists: true } file)
                throw ShotList.Wrong($"The shot list {path} is not there: --shots takes auto, off or a file; check the name.");
            if (file.Length == 0)
                throw ShotList.Wrong($"The shot list {path} is empty: give a frame number, a time or a timecode a line, or an edit list.");
            if (file.Length > MostBytes)
                throw ShotList.Wrong(string.Create(CultureInfo.InvariantCulture, $"The shot list {path} has {file.Length} bytes, and {MostBytes} is the most; it is hardly a list of shots."));
            return await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw ShotList.Wrong($"The shot list {path} cannot be read ({e.Message.TrimEnd('.')}); check the file and its permissions.");
        }
    }
}
