using System.Globalization;
using System.Text.RegularExpressions;
using VideoMatte.Frames;

namespace VideoMatte.Temporal;

/// <summary>Edit decision lists of the CMX 3600 kind: an event is a number, a reel, its tracks, a transition (C; D, W or K with a length in frames) and four
/// timecodes, of which the third is where it begins in the finished clip. Events of sound alone and notes are passed over.</summary>
internal static partial class EditList
{
    private const int TimecodesOfAnEvent = 4;

    /// <summary>Number, reel, tracks, transition, and its length where there is one.</summary>
    private const int FieldsBefore = 4;

    /// <summary>True where a line is an event or one of the two heads.</summary>
    public static bool Is(string[] lines) =>
        lines.Any(l => l.StartsWith("TITLE:", StringComparison.Ordinal) || l.StartsWith("FCM:", StringComparison.Ordinal) || EventLine().IsMatch(l));

    /// <summary>Where each video event begins. Events count from the clip's own first timecode where the list's first lies in the clip, else from
    /// the list's first. One that comes by a dissolve or a wipe begins when that has ended.</summary>
    /// <exception cref="MatteException">Input, <c>shots-file</c>: an event cannot be read.</exception>
    public static List<ShotMark> Parse(string[] lines, ShotListClock clock, string name)
    {
        var begins = new List<(long At, long Length)>();
        bool drops = false;
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("FCM:", StringComparison.Ordinal))
                drops = !lines[i].Contains("NON", StringComparison.OrdinalIgnoreCase);
            if (!EventLine().IsMatch(lines[i]))
            {
                // Notes begin with a star, a word or an arrow; a number begins an event, and one left out is a cut that is missed.
                if (NumberedLine().IsMatch(lines[i]))
                    throw Broken(name, i, lines[i]);
                continue;
            }

            string[] fields = lines[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < FieldsBefore + TimecodesOfAnEvent)
                throw Broken(name, i, lines[i]);
            // A for sound, V for video, B for both; AA/V and the like.
            if (!fields[2].Contains('V', StringComparison.OrdinalIgnoreCase) && !fields[2].Contains('B', StringComparison.OrdinalIgnoreCase))
                continue;
            long length = 0;
            if (!fields[3].Equals("C", StringComparison.OrdinalIgnoreCase)
                && (fields.Length < FieldsBefore + TimecodesOfAnEvent + 1
                    || !int.TryParse(fields[FieldsBefore], NumberStyles.None, CultureInfo.InvariantCulture, out int frames) || (length = frames) < 0))
                throw Broken(name, i, lines[i]);
            long start = Read(fields[^2]).FrameNumber, end = Read(fields[^1]).FrameNumber;
            if (end < start)
                throw Broken(name, i, lines[i]);
            // The first half of a transition names the clip before, with no length.
            if (end > start)
                begins.Add((start, length));

            // Some writers mark dropped numbers in the head alone.
            Timecode Read(string text) => ShotList.Read(drops && text.Length > 8 && text[8] == ':' ? text[..8] + ';' + text[9..] : text, clock, name, i);
        }

        if (begins.Count == 0)
            return [];
        // A clip without timecodes counts from nought.
        long first = begins.Min(b => b.At), own = clock.First?.FrameNumber ?? 0;
        if (first >= own && (clock.Duration is { } duration ? new Rational(first - own) / clock.Rate!.Value < duration : clock.First is not null))
            first = own;
        return [.. begins.Select(b => new ShotMark(null, new Rational(b.At - first + b.Length) / clock.Rate!.Value))];
    }

    [GeneratedRegex(@"^[0-9]+\s+\S+\s+\S+\s+(C|D|W[0-9]*|K[BO]?)\s.*[0-9]{2}[:;][0-9]{2}[:;][0-9]{2}[:;.][0-9]{2,3}$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex EventLine();

    [GeneratedRegex(@"^[0-9]+(\s|$)", RegexOptions.NonBacktracking)]
    private static partial Regex NumberedLine();

    private static MatteException Broken(string name, int line, string text) => ShotList.Wrong(string.Create(
        CultureInfo.InvariantCulture, $"{name}, line {line + 1}: '{ShotList.Shown(text)}' is no whole event of an edit list (number, reel, track, transition, four timecodes); correct it."));
}
