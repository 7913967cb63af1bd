using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Frame rates as people type them, and the ones the field uses.</summary>
public static class FrameRates
{
    private const decimal MostRate = 1000;

    /// <summary>Rates of film and television in frames a second.</summary>
    public static IReadOnlyList<Rational> Standard { get; } =
    [
        new(12000, 1001), new(12), new(15000, 1001), new(15), new(24000, 1001), new(24), new(25), new(30000, 1001), new(30), new(48000, 1001), new(48), new(50),
        new(60000, 1001), new(60), new(100), new(120000, 1001), new(120),
    ];

    /// <summary>Half the distance of 23.976 and 24: a clip's average that is nearer than this to a standard rate was shot at it.</summary>
    private static readonly Rational Near = new(1, 2000);

    /// <summary>Reads <c>25</c>, <c>30000/1001</c>, or a decimal: one that is a rounded n x 1000/1001 (23.976, 23.98, 29.97, 59.94) is that rate,
    /// any other is taken as it stands.</summary>
    /// <param name="text">Culture-invariant.</param>
    /// <param name="rate">Above 0, at most 1000 frames a second.</param>
    public static bool TryParse(string? text, out Rational rate)
    {
        rate = default;
        if (string.IsNullOrEmpty(text) || text.Contains(':', StringComparison.Ordinal))
            return false;
        if (!text.Contains('.', StringComparison.Ordinal))
            return Rational.TryParse(text, out rate) && rate > Rational.Zero && rate.ToDouble() <= (double)MostRate;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) || value <= 0 || value > MostRate
            || decimal.Round(value, 6) != value)
            return false;
        long nominal = (long)decimal.Ceiling(value);
        int digits = text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1;
        rate = new Rational((long)(value * 1_000_000), 1_000_000);
        if (value != nominal && digits >= 2 && decimal.Round(nominal * 1000m / 1001m, digits) == value)
            rate = new Rational(nominal * 1000, 1001);
        return true;
    }

    /// <summary>The standard rate a measured one stands for, where it is within 0.05 % of one; else itself.</summary>
    public static Rational Snap(Rational rate)
    {
        foreach (Rational standard in Standard)
        {
            Rational difference = rate > standard ? rate - standard : standard - rate;
            if (difference <= standard * Near)
                return standard;
        }

        return rate;
    }
}
