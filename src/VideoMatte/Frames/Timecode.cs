using System.Globalization;

namespace VideoMatte.Frames;

/// <summary>A frame's name on an editor's clock, <c>HH:MM:SS:FF</c>, or <c>HH:MM:SS;FF</c> with dropped numbers. It wraps after a day.</summary>
/// <remarks>Drop frame (SMPTE ST 12-1): at 30000/1001 the numbers 00 and 01 are left out at the start of every minute that is no multiple
/// of ten (at 60000/1001 the numbers 00 to 03), so that the clock agrees with the wall. No frame is dropped, only numbers.</remarks>
public readonly record struct Timecode
{
    private const int MinutesOfADay = 24 * 60;

    private Timecode(long frame, int nominalRate, bool dropFrame)
    {
        NominalRate = nominalRate;
        DropFrame = dropFrame;
        long day = FramesOfADay;
        FrameNumber = ((frame % day) + day) % day;
    }

    /// <summary>Frames since 00:00:00:00.</summary>
    public long FrameNumber { get; }

    /// <summary>Numbers in a second: the rate rounded up to a whole one.</summary>
    public int NominalRate { get; }

    public bool DropFrame { get; }

    private int Dropped => DropFrame ? NominalRate / 15 : 0;

    private long FramesOfADay => ((long)MinutesOfADay * 60 * NominalRate) - (Dropped * (MinutesOfADay - (MinutesOfADay / 10)));

    /// <summary>Reads a timecode of a clip of <paramref name="rate"/> frames a second. A <c>;</c> (or a <c>.</c>) before the frames means
    /// dropped numbers.</summary>
    /// <returns>False for what is no timecode, and for numbers its rate does not have.</returns>
    public static bool TryParse(string? text, Rational rate, out Timecode timecode)
    {
        timecode = default;
        if (text is null || rate <= Rational.Zero || text.Length != 11 || text[2] != ':' || text[5] != ':' || text[8] is not (':' or ';' or '.'))
            return false;
        int nominal = Nominal(rate);
        bool drop = text[8] != ':' && nominal % 30 == 0;
        if (!Two(text, 0, 24, out int hours) || !Two(text, 3, 60, out int minutes) || !Two(text, 6, 60, out int seconds) || !Two(text, 9, nominal, out int frames))
            return false;
        long allMinutes = (hours * 60L) + minutes;
        long number = (((allMinutes * 60) + seconds) * nominal) + frames;
        if (drop)
            number -= nominal / 15 * (allMinutes - (allMinutes / 10));
        timecode = new Timecode(number, nominal, drop);
        return true;
    }

    /// <summary>The timecode some frames later.</summary>
    public Timecode Later(long frames) => new(FrameNumber + frames, NominalRate, DropFrame);

    /// <summary>The same hour, minute and second at another rate, the frame at the same part of the second. Numbers are dropped where the
    /// new rate is 30000/1001 or 60000/1001 and they were dropped before.</summary>
    public Timecode AtRate(Rational rate)
    {
        int nominal = Nominal(rate);
        (long hours, long minutes, long seconds, long frames) = Parts();
        bool drop = DropFrame && nominal % 30 == 0;
        long allMinutes = (hours * 60) + minutes;
        long number = (((allMinutes * 60) + seconds) * nominal) + (frames * nominal / NominalRate);
        return new Timecode(drop ? number - (nominal / 15 * (allMinutes - (allMinutes / 10))) : number, nominal, drop);
    }

    public override string ToString()
    {
        (long hours, long minutes, long seconds, long frames) = Parts();
        return string.Create(CultureInfo.InvariantCulture, $"{hours:00}:{minutes:00}:{seconds:00}{(DropFrame ? ';' : ':')}{frames:00}");
    }

    private static int Nominal(Rational rate) => (int)Math.Max(1, rate.ToTicks(Rational.One));

    private static bool Two(string text, int at, int below, out int value) =>
        int.TryParse(text.AsSpan(at, 2), NumberStyles.None, CultureInfo.InvariantCulture, out value) && value < below;

    private (long Hours, long Minutes, long Seconds, long Frames) Parts()
    {
        long number = FrameNumber;
        if (DropFrame)
        {
            // Ten minutes hold nine that lack numbers; inside them the first minute is a whole one.
            long tenMinutes = (600L * NominalRate) - (9 * Dropped), minute = (60L * NominalRate) - Dropped;
            long tens = number / tenMinutes, rest = number % tenMinutes;
            number += Dropped * ((9 * tens) + (rest < 60L * NominalRate ? 0 : 1 + ((rest - (60L * NominalRate)) / minute)));
        }

        long seconds = number / NominalRate;
        return (seconds / 3600, seconds / 60 % 60, seconds % 60, number % NominalRate);
    }
}
