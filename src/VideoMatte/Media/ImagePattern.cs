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

    [GeneratedRegex("%(?:0([0-9]))?d|#{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
