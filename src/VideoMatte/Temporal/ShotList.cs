using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Temporal;

/// <summary>Reads lists of shots: a frame number, a time (<c>12.5</c>, <c>HH:MM:SS.mmm</c>) or a timecode (<c>HH:MM:SS:FF</c>) a line, <c>#</c> begins a
/// comment; or an edit list of the CMX 3600 kind (<see cref="EditList"/>). Pure: text in, marks out.</summary>
public static class ShotList
{
    /// <summary>More than a day of cuts every second.</summary>
    public const int MostMarks = 100_000;

    private const int MostShown = 40;

    /// <param name="text">The whole file.</param>
    /// <param name="clock">Of the clip.</param>
    /// <param name="name">Of the file, for errors.</param>
    /// <returns>Marks as they stand, in any order.</returns>
    /// <exception cref="MatteException">Input, <c>shots-file</c>: a line is none of these, or there is none.</exception>
    public static IReadOnlyList<ShotMark> Parse(string text, ShotListClock clock, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(clock);
        string[] lines = text.Split('\n', StringSplitOptions.TrimEntries);
        IReadOnlyList<ShotMark> marks = EditList.Is(lines) ? EditList.Parse(lines, clock, name) : ParseLines(lines, clock, name);
        return marks.Count is > 0 and <= MostMarks ? marks : throw Wrong(marks.Count == 0
            ? $"{name} names no shot: give a frame number, a time or a timecode a line, or an edit list with video events."
            : string.Create(CultureInfo.InvariantCulture, $"{name} names {marks.Count} shots, and {MostMarks} is the most; cut it down."));
    }

    internal static MatteException Wrong(string message) => new(ErrorKind.Input, "shots-file", message);

    /// <summary>What stands there, short enough for a sentence.</summary>
    internal static string Shown(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";

    /// <summary>Reads a timecode at the clip's rate.</summary>
    internal static Timecode Read(string text, ShotListClock clock, string name, int line)
    {
        if (clock.Rate is not { } rate)
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{name} has a timecode in line {line + 1}, and the clip does not say its rate; give frame numbers or seconds."));
        return Timecode.TryParse(text, rate, out Timecode timecode) ? timecode : throw Wrong(string.Create(
            CultureInfo.InvariantCulture, $"{name}, line {line + 1}: '{Shown(text)}' is no timecode at {rate} frames a second; correct it, or give frame numbers or seconds."));
    }

    private static List<ShotMark> ParseLines(string[] lines, ShotListClock clock, string name)
    {
        var marks = new List<ShotMark>();
        var timecodes = new List<Timecode>();
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Split('#', 2)[0].TrimEnd();
            if (line.Length == 0)
                continue;
            if (long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out long frame))
                marks.Add(new ShotMark(frame, null));
            else if (ClockTime.TryParse(line, out Rational seconds))
                marks.Add(new ShotMark(null, seconds));
            else if (line.Count(c => c is ':' or ';') == 3)
                timecodes.Add(Read(line, clock, name, i));
            else
                throw Wrong(string.Create(
                    CultureInfo.InvariantCulture, $"{name}, line {i + 1}: '{Shown(line)}' is no frame number, no time and no timecode; a list has one of them a line, or is an edit list (CMX 3600)."));
        }

        // A list may count as the clip does, or from nought.
        long first = clock.First is { } own && timecodes.TrueForAll(t => t.FrameNumber >= own.FrameNumber) ? own.FrameNumber : 0;
        marks.AddRange(timecodes.Select(t => new ShotMark(null, new Rational(t.FrameNumber - first) / clock.Rate!.Value)));
        return marks;
    }
}
