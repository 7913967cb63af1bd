using System.Globalization;

namespace VideoMatte.Frames;

/// <summary>A frame's name on an editor's clock, <c>HH:MM:SS:FF</c>, or <c>HH:MM:SS;FF</c> with dropped numbers. It wraps after a day.</summary>
/// <remarks>Drop frame (SMPTE ST 12-1): at 30000/1001 the numbers 00 and 01 are left out at the start of every minute that is no multiple
/// of ten (at 60000/1001 the numbers 00 to 03), so that the clock agrees with the wall. No frame is dropped, only numbers. Above 100 frames a
/// second a frame's number has three digits.</remarks>
public readonly record struct Timecode
{
    /// <summary>Frames a second that <see cref="Packed"/> has room for.</summary>
    public const int MostPackedRate = 30;

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

    private int Dropped => DropFrame ? DroppedAt(NominalRate) : 0;

    private long FramesOfADay => ((long)MinutesOfADay * 60 * NominalRate) - (Dropped * (MinutesOfADay - (MinutesOfADay / 10)));

    /// <summary>Reads a timecode of a clip of <paramref name="rate"/> frames a second. A <c>;</c> (or a <c>.</c>) before the frames means
    /// dropped numbers.</summary>
    /// <returns>False for what is no timecode, and for numbers its rate does not have.</returns>
    public static bool TryParse(string? text, Rational rate, out Timecode timecode)
    {
        timecode = default;
        if (text is null || rate <= Rational.Zero || text.Length is not (11 or 12) || text[2] != ':' || text[5] != ':' || text[8] is not (':' or ';' or '.'))
            return false;
        int nominal = Nominal(rate);
        if (text.Length == 12 && nominal <= 100)
            return false;
        bool drop = text[8] != ':' && nominal % 30 == 0;
        if (!Number(text[..2], 24, out int hours) || !Number(text[3..5], 60, out int minutes) || !Number(text[6..8], 60, out int seconds)
            || !Number(text[9..], nominal, out int frames))
            return false;
        // A number that was left out names no frame.
        if (drop && seconds == 0 && minutes % 10 != 0 && frames < DroppedAt(nominal))
            return false;
        timecode = new Timecode(Count(hours, minutes, seconds, frames, nominal, drop), nominal, drop);
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
        long frame = frames * nominal / NominalRate;
        // Where the other rate dropped nothing the new one may: the first number that is there stands for those that are not.
        if (drop && seconds == 0 && minutes % 10 != 0)
            frame = Math.Max(frame, DroppedAt(nominal));
        return new Timecode(Count(hours, minutes, seconds, frame, nominal, drop), nominal, drop);
    }

    /// <summary>As ST 12-1 packs it for television: two decimal digits a part, frames lowest, the drop-frame flag in bit 6.</summary>
    /// <returns>Null above 30 frames a second, for which two bits for the tens of frames have no room.</returns>
    public uint? Packed()
    {
        if (NominalRate > MostPackedRate)
            return null;
        (long hours, long minutes, long seconds, long frames) = Parts();
        return Digits(frames) | (DropFrame ? 1u << 6 : 0) | (Digits(seconds) << 8) | (Digits(minutes) << 16) | (Digits(hours) << 24);
    }

    public override string ToString()
    {
        (long hours, long minutes, long seconds, long frames) = Parts();
        return string.Create(CultureInfo.InvariantCulture, $"{hours:00}:{minutes:00}:{seconds:00}{(DropFrame ? ';' : ':')}{frames:00}");
    }

    private static int Nominal(Rational rate) => (int)Math.Max(1, rate.ToTicks(Rational.One));

    /// <summary>Numbers left out a minute: 2 at 30, 4 at 60, 8 at 120.</summary>
    private static int DroppedAt(int nominalRate) => nominalRate / 15;

    private static long Count(long hours, long minutes, long seconds, long frames, int nominalRate, bool drop)
    {
        long allMinutes = (hours * 60) + minutes;
        long number = (((allMinutes * 60) + seconds) * nominalRate) + frames;
        return drop ? number - (DroppedAt(nominalRate) * (allMinutes - (allMinutes / 10))) : number;
    }

    private static bool Number(string text, int below, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value < below;

    private static uint Digits(long value) => ((uint)value / 10 << 4) | ((uint)value % 10);

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
