using System.Globalization;

namespace VideoMatte.Frames;

/// <summary>Times as people type them: seconds (<c>12.5</c>), or <c>HH:MM:SS.mmm</c> where hours, minutes and the fraction may be left
/// out. Exact, and the same in every culture.</summary>
public static class ClockTime
{
    private const int MostFractionDigits = 9;
    private const int MostWholeDigits = 9;

    /// <param name="text">Digits, colons and one point; no sign.</param>
    /// <param name="seconds">0 or more.</param>
    public static bool TryParse(string? text, out Rational seconds)
    {
        seconds = default;
        if (string.IsNullOrEmpty(text))
            return false;
        string[] parts = text.Split(':');
        if (parts.Length > 3 || !TrySeconds(parts[^1], out Rational total) || (parts.Length > 1 && total >= new Rational(60)))
            return false;
        long unit = 60;
        for (int i = parts.Length - 2; i >= 0; i--, unit *= 60)
        {
            if (!TryWhole(parts[i], out long count) || (i > 0 && count >= 60))
                return false;
            total += new Rational(count * unit);
        }

        seconds = total;
        return true;
    }

    /// <summary>Seconds with as many digits as they have, at most six: for sentences and reports.</summary>
    public static string Show(Rational seconds) => ((decimal)seconds.Numerator / seconds.Denominator).ToString("0.######", CultureInfo.InvariantCulture);

    private static bool TrySeconds(string text, out Rational seconds)
    {
        seconds = default;
        string[] halves = text.Split('.');
        if (halves.Length > 2 || !TryWhole(halves[0], out long whole))
            return false;
        seconds = new Rational(whole);
        if (halves.Length == 1)
            return true;
        if (halves[1].Length is 0 or > MostFractionDigits || !long.TryParse(halves[1], NumberStyles.None, CultureInfo.InvariantCulture, out long fraction))
            return false;
        seconds += new Rational(fraction, (long)Math.Pow(10, halves[1].Length));
        return true;
    }

    private static bool TryWhole(string text, out long value)
    {
        value = 0;
        return text.Length is > 0 and <= MostWholeDigits && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
