using System.Globalization;
using System.Text.RegularExpressions;
using VideoMatte.Frames;

namespace VideoMatte.Media.Stills;

/// <summary>Finds the numbered pictures a folder or a pattern stands for, and makes sure that they are one clip.</summary>
internal static partial class SequenceFinder
{
    /// <summary>ffmpeg counts in 32 bits.</summary>
    private const long MostNumber = int.MaxValue;

    /// <summary>Looks at every picture's head.</summary>
    /// <param name="path">As the user named it. A file of this very name is a file, whatever the name looks like.</param>
    /// <param name="rate">As the user asked; null: as the pictures say, or else 25.</param>
    /// <returns>Null: neither a folder nor a pattern.</returns>
    /// <exception cref="MatteException">Input: <c>input-missing</c>, <c>sequence-gap</c>, <c>sequence-differs</c>,
    /// <c>sequence-frame-damaged</c>, <c>input-unreadable</c>. Usage: <c>folder-ambiguous</c>.</exception>
    public static ImageSequence? Find(string path, Rational? rate)
    {
        if (File.Exists(path))
            return null;
        ImagePattern? pattern = Directory.Exists(path) ? OfFolder(path) : ImagePattern.Of(path);
        if (pattern is null)
            return null;
        (long Number, string File)[] files = [.. pattern.Members()];
        if (files.Length == 0)
            throw Wrong("input-missing", path, $"{path} names no picture that exists: check the folder and the numbers.");
        if (files[^1].Number > MostNumber)
            throw Wrong("input-unreadable", path, $"{path} has pictures numbered above {MostNumber}: rename them to smaller numbers.");
        for (int i = 1; i < files.Length; i++)
            if (files[i].Number != files[i - 1].Number + 1)
                throw Wrong("sequence-gap", path, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path} lacks picture {files[i - 1].Number + 1} ({Path.GetFileName(pattern.PathOf(files[i - 1].Number + 1))}), {files.Length} are there from {files[0].Number} to {files[^1].Number}: render it, or take a part by a pattern of its own."));
        StillHead head = Head(path, files[0].File);
        foreach ((_, string file) in files.AsSpan(1))
            if (Head(path, file).DifferenceFrom(head) is { } difference)
                throw Wrong("sequence-differs", path, $"{file} {difference}: a sequence is of one kind; convert it, or leave it out.");
        return new ImageSequence([.. files.Select(f => f.File)], files[0].Number, rate ?? head.Rate ?? ImageSequence.DefaultRate, rate is null && head.Rate is null)
        {
            FfmpegPattern = pattern.ForFfmpeg(),
            Decoder = head.Kind switch { "PNG" => "png", "JPEG" => "mjpeg", "TIFF" => "tiff", _ => "exr" },
        };
    }

    private static StillHead Head(string path, string file)
    {
        StillHead? head = StillHead.Read(file);
        if (head is null)
            throw Wrong("sequence-frame-damaged", path, $"{file} is no PNG, JPEG, TIFF or EXR picture that can be read: render it again.");
        return head.IsCut ? throw Wrong("sequence-frame-damaged", path, $"{file} is cut off: render it again.") : head;
    }

    /// <summary>The one pattern all pictures of a folder follow. What is hidden, or no picture by its extension, is not looked at.</summary>
    private static ImagePattern OfFolder(string folder)
    {
        string[] names = [.. Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Where(ImageSequence.IsPicture).Order(StringComparer.Ordinal)];
        Match[] numbered = [.. names.Select(n => LastNumber().Match(n)).Where(m => m.Success && long.TryParse(m.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out _))];
        if (numbered.Length == 0)
            throw Wrong("input-unreadable", folder, $"{folder} is a folder without numbered pictures (PNG, JPEG, TIFF, EXR): name a video or image file, or another folder.");
        string? other = names.FirstOrDefault(n => LastNumber().Match(n) is var m && (!m.Success || Frame(m) != Frame(numbered[0])));
        if (other is not null)
            throw Ambiguous(folder, numbered[0].Value, other);
        int digits = numbered.Min(m => m.Groups[2].Length);
        ImagePattern pattern = ImagePattern.Between(Path.GetFullPath(folder), numbered[0].Groups[1].Value, digits, numbered[0].Groups[3].Value);
        Match? padded = numbered.FirstOrDefault(
            m => Path.GetFileName(pattern.PathOf(long.Parse(m.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture))) != m.Value);
        return padded is null ? pattern : throw Ambiguous(folder, numbered.First(m => m.Groups[2].Length == digits).Value, padded.Value);
    }

    private static (string, string) Frame(Match name) => (name.Groups[1].Value, name.Groups[3].Value);

    private static MatteException Ambiguous(string folder, string one, string other) => new(
        ErrorKind.Usage, "folder-ambiguous", $"{folder} holds more than one sequence ({one} and {other}): name one by a pattern such as {folder.TrimEnd('/', '\\')}/shot.%04d.png.")
    {
        Clip = folder,
    };

    private static MatteException Wrong(string code, string path, string message) => new(ErrorKind.Input, code, message) { Clip = path };

    [GeneratedRegex("^(.*?)([0-9]+)([^0-9]*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex LastNumber();
}
