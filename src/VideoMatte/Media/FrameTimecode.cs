using System.Globalization;
using System.Text.RegularExpressions;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The timecode of a source's first frame, counted in frames since midnight (SMPTE ST 12-1).</summary>
/// <param name="FirstFrame">Frames since 00:00:00:00.</param>
/// <param name="PerSecond">Frames a second of the count: 24 for 23.976, 30 for 29.97.</param>
/// <param name="DropsFrames">Numbers 0 and 1 (0 to 3 at 60) are left out each minute but the tenth.</param>
internal sealed partial record FrameTimecode(long FirstFrame, int PerSecond, bool DropsFrames)
{
    /// <summary>Null where the source has none that can be read, or no rate.</summary>
    public static FrameTimecode? Of(MediaInfo source)
    {
        string? text = source.Others.Where(o => o.CodecTag == "tmcd").Select(o => Tag(o.Tags)).FirstOrDefault(t => t is not null) ?? Tag(source.Tags);
        if (text is null || (source.Video.AverageRate ?? source.Video.NominalRate) is not { } rate)
            return null;
        int perSecond = (int)Math.Round(rate.ToDouble());
        return perSecond is < 1 or > 240 ? null : Parse(text, perSecond);
    }

    /// <summary><c>01:00:00:12</c>; a semicolon before the frames says that numbers are dropped.</summary>
    public static FrameTimecode? Parse(string text, int perSecond)
    {
        Match found = Form().Match(text);
        if (!found.Success)
            return null;
        int Part(int group) => int.Parse(found.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        int hours = Part(1), minutes = Part(2), seconds = Part(3), frames = Part(5);
        if (minutes > 59 || seconds > 59 || frames >= perSecond)
            return null;
        bool drops = found.Groups[4].ValueSpan is ";" or "." && perSecond % 30 == 0;
        long total = ((((hours * 60L) + minutes) * 60) + seconds) * perSecond + frames;
        long passed = (hours * 60) + minutes;
        return new FrameTimecode(total - (drops ? Dropped(perSecond) * (passed - (passed / 10)) : 0), perSecond, drops);
    }

    /// <summary>Hours (of a day), minutes, seconds and frames of the frame <paramref name="index"/> frames after the first.</summary>
    public (int Hours, int Minutes, int Seconds, int Frames) At(long index)
    {
        long frame = FirstFrame + index;
        if (DropsFrames)
        {
            long dropped = Dropped(PerSecond), minute = (60L * PerSecond) - dropped, ten = (10 * minute) + dropped;
            long tens = frame / ten, rest = frame % ten;
            frame += (9 * dropped * tens) + (rest < 60L * PerSecond ? 0 : dropped * (1 + ((rest - (60L * PerSecond)) / minute)));
        }

        long seconds = frame / PerSecond;
        return ((int)(seconds / 3600 % 24), (int)(seconds / 60 % 60), (int)(seconds % 60), (int)(frame % PerSecond));
    }

    private static long Dropped(int perSecond) => perSecond / 15;

    private static string? Tag(IReadOnlyDictionary<string, string> tags) =>
        tags.FirstOrDefault(t => t.Key.Equals("timecode", StringComparison.OrdinalIgnoreCase)).Value;

    [GeneratedRegex("^\\s*([0-9]{1,2}):([0-9]{2}):([0-9]{2})([:;.])([0-9]{2,3})\\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
