using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Media.Stills;

namespace VideoMatte.Evaluation.Scoring;

/// <summary>Finds what is scored against what: clips named one by one, or folders of clips, which go together by name.</summary>
/// <remarks>A folder that holds pictures is a clip. Any other folder holds clips: video files by their names without extension, and folders, each a
/// clip of pictures, or with such a clip or a video file called <c>pha</c> in it, as the data sets of matting have it.</remarks>
public static class ClipPairs
{
    /// <summary>The name of a clip's matte among its files in a data set.</summary>
    private const string Alpha = "pha";

    private static readonly string[] Videos = [".mov", ".mp4", ".m4v", ".mkv", ".webm", ".avi", ".mxf", ".nut"];

    /// <param name="predictions">Files, patterns or folders.</param>
    /// <param name="truths">As many, in the same order.</param>
    /// <returns>One or more.</returns>
    /// <exception cref="MatteException">Usage: <c>pairs-differ</c>, <c>clip-twice</c>. Input: <c>clip-missing</c>, <c>no-clips</c>: a folder of
    /// clips lacks one that the other has, or holds none; <c>input-unreadable</c>.</exception>
    public static IReadOnlyList<ClipPair> Of(IReadOnlyList<string> predictions, IReadOnlyList<string> truths)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(truths);
        if (predictions.Count != truths.Count || predictions.Count == 0)
            throw new MatteException(ErrorKind.Usage, "pairs-differ", $"--pred names {Count(predictions)} and --true {Count(truths)}: give each --pred a --true.");
        try
        {
            return [.. predictions.Zip(truths).SelectMany(p => One(p.First, p.Second))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MatteException(ErrorKind.Input, "input-unreadable", $"A folder of clips cannot be read: {error.Message.TrimEnd('.')}.", error);
        }
    }

    private static IEnumerable<ClipPair> One(string prediction, string truth)
    {
        bool several = HoldsClips(prediction), trulySeveral = HoldsClips(truth);
        if (several != trulySeveral)
            throw new MatteException(
                ErrorKind.Usage, "pairs-differ",
                $"{(several ? prediction : truth)} is a folder of clips and {(several ? truth : prediction)} is one clip: name two clips, or two folders of clips.");
        if (!several)
            return [new ClipPair(InputName.Of(prediction), prediction, truth)];
        SortedDictionary<string, string> found = Clips(prediction), wanted = Clips(truth);
        ThrowIfMissing(prediction, found, truth, wanted);
        ThrowIfMissing(truth, wanted, prediction, found);
        return found.Select(f => new ClipPair(f.Key, f.Value, wanted[f.Key]));
    }

    private static bool HoldsClips(string path) => Directory.Exists(path) && !HoldsPictures(path);

    private static bool HoldsPictures(string folder) => Directory.EnumerateFiles(folder).Any(f => ImageSequence.IsPicture(Path.GetFileName(f)));

    /// <summary>By name; what is hidden, and files that are no video by their extension, are not looked at.</summary>
    private static SortedDictionary<string, string> Clips(string folder)
    {
        SortedDictionary<string, string> clips = new(StringComparer.Ordinal);
        foreach (string entry in Directory.EnumerateFileSystemEntries(folder).Where(e => !Path.GetFileName(e).StartsWith('.')).Order(StringComparer.Ordinal))
        {
            bool isFolder = Directory.Exists(entry);
            if (!isFolder && !IsVideo(entry))
                continue;
            string name = isFolder ? Path.GetFileName(entry) : Path.GetFileNameWithoutExtension(entry);
            string clip = isFolder ? Inside(entry) : entry;
            if (!clips.TryAdd(name, clip))
                throw new MatteException(ErrorKind.Usage, "clip-twice", $"{folder} holds two clips called {name}, {clips[name]} and {clip}: take one away, or name pairs of clips.");
        }

        return clips.Count > 0 ? clips : throw new MatteException(
            ErrorKind.Input, "no-clips", $"{folder} holds neither numbered pictures nor video files nor folders of them: name a clip or a folder of clips.");
    }

    private static string Inside(string folder)
    {
        if (HoldsPictures(folder))
            return folder;
        string pictures = Path.Combine(folder, Alpha);
        if (Directory.Exists(pictures))
            return pictures;
        return Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).FirstOrDefault(f => IsVideo(f) && Path.GetFileNameWithoutExtension(f) == Alpha)
            ?? throw new MatteException(ErrorKind.Input, "no-clips", $"{folder} holds neither numbered pictures nor a clip called {Alpha}: name pairs of clips.");
    }

    private static bool IsVideo(string file) => Videos.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    private static void ThrowIfMissing(string folder, SortedDictionary<string, string> clips, string other, SortedDictionary<string, string> others)
    {
        if (others.Keys.FirstOrDefault(n => !clips.ContainsKey(n)) is { } missing)
            throw new MatteException(ErrorKind.Input, "clip-missing", $"{folder} lacks the clip {missing}, which {other} has: add it, or name pairs of clips.");
    }

    private static string Count(IReadOnlyList<string> names) => FormattableString.Invariant($"{names.Count} {(names.Count == 1 ? "clip" : "clips")}");
}
