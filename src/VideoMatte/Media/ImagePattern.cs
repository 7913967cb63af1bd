using System.Globalization;
using System.Text.RegularExpressions;

namespace VideoMatte.Media;

/// <summary>A file name with one number in it, as <c>f_%04d.png</c> or <c>f.####.exr</c>: digits are filled with zeros up to the width, as
/// many as there are <c>#</c>, two or more. Every other use of <c>%</c> and <c>#</c> is part of the name.</summary>
internal sealed partial class ImagePattern
{
    private readonly string _folder;
    private readonly string _before;
    private readonly string _after;
    private readonly int _digits;

    private ImagePattern(string folder, string before, int digits, string after)
    {
        _folder = folder;
        _before = before;
        _digits = digits;
        _after = after;
    }

    /// <summary>The pattern in the file name of <paramref name="path"/>; null where there is none, or more than one.</summary>
    public static ImagePattern? Of(string path)
    {
        string full = Path.GetFullPath(path), name = Path.GetFileName(full);
        MatchCollection numbers = Number().Matches(name);
        if (numbers.Count != 1)
            return null;
        Match number = numbers[0];
        int digits = number.Value[0] == '#' ? number.Length
            : number.Groups[1].Length == 0 ? 1 : int.Parse(number.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        return new ImagePattern(Path.GetDirectoryName(full)!, name[..number.Index], Math.Max(1, digits), name[(number.Index + number.Length)..]);
    }

    /// <summary>The pattern of names with a number between two texts.</summary>
    /// <param name="folder">Absolute.</param>
    /// <param name="before">Of the name.</param>
    /// <param name="digits">Least digits, 1 or more.</param>
    /// <param name="after">Of the name, with the extension.</param>
    public static ImagePattern Between(string folder, string before, int digits, string after) => new(folder, before, digits, after);

    /// <summary>The name without its number and what joins it: <c>shot</c> of <c>shot.%04d.png</c>.</summary>
    public string Title => _before.TrimEnd('.', '_', '-', ' ');

    /// <summary>The absolute path as ffmpeg reads it: the number as <c>%04d</c>, every other % doubled.</summary>
    public string ForFfmpeg() => Doubled(Path.Join(_folder, Path.DirectorySeparatorChar + _before))
        + (_digits > 1 ? string.Create(CultureInfo.InvariantCulture, $"%0{_digits}d") : "%d") + Doubled(_after);

    /// <summary>The files that are there, by number.</summary>
    public IEnumerable<(long Number, string File)> Members() => !Directory.Exists(_folder)
        ? []
        : Directory.EnumerateFiles(_folder)
            .Where(file => Matches(Path.GetFileName(file)))
            .Select(file => (Number: NumberOf(Path.GetFileName(file)), File: file))
            .Where(f => f.Number >= 0 && PathOf(f.Number) == f.File)
            .OrderBy(f => f.Number);

    /// <summary>True for a file that is, or would be, one of the sequence.</summary>
    /// <param name="path">Absolute.</param>
    public bool Holds(string path) => Path.GetDirectoryName(path) == _folder && Matches(Path.GetFileName(path));

    /// <summary>The absolute path of one picture.</summary>
    public string PathOf(long number) =>
        Path.Combine(_folder, _before + number.ToString("D" + _digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + _after);

    /// <summary>A file that is there and would be one of the sequence; null: none.</summary>
    public string? FirstExisting() => Directory.Exists(_folder)
        ? Directory.EnumerateFiles(_folder).FirstOrDefault(file => Matches(Path.GetFileName(file)))
        : null;

    private bool Matches(string name) =>
        name.Length >= _before.Length + _digits + _after.Length
        && name.StartsWith(_before, StringComparison.Ordinal) && name.EndsWith(_after, StringComparison.Ordinal)
        && !name.AsSpan(_before.Length, name.Length - _before.Length - _after.Length).ContainsAnyExceptInRange('0', '9');

    private long NumberOf(string name) =>
        long.TryParse(name.AsSpan(_before.Length, name.Length - _before.Length - _after.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : -1;

    private static string Doubled(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    [GeneratedRegex("%(?:0([0-9]))?d|#{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
