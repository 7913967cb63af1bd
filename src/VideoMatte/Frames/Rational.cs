using System.Globalization;

namespace VideoMatte.Frames;

/// <summary>An exact fraction, always reduced, with a positive denominator. <c>default</c> is 0/1. Times are fractions of a second,
/// rates are frames per second, time bases are seconds per tick.</summary>
public readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private readonly long _denominator;

    /// <param name="numerator">Any value.</param>
    /// <param name="denominator">Not zero; a negative one moves its sign to the numerator.</param>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public Rational(long numerator, long denominator = 1)
        : this((Int128)numerator, denominator)
    {
    }

    private Rational(Int128 numerator, Int128 denominator)
    {
        if (denominator == 0)
            throw new DivideByZeroException("a fraction with the denominator 0");
        if (denominator < 0)
            (numerator, denominator) = (-numerator, -denominator);
        Int128 divisor = GreatestCommonDivisor(Int128.Abs(numerator), denominator);
        Numerator = checked((long)(numerator / divisor));
        _denominator = checked((long)(denominator / divisor));
    }

    public static Rational Zero => default;

    public static Rational One => new(1);

    public long Numerator { get; }

    public long Denominator => _denominator == 0 ? 1 : _denominator;

    public static Rational operator +(Rational a, Rational b) =>
        new(((Int128)a.Numerator * b.Denominator) + ((Int128)b.Numerator * a.Denominator), (Int128)a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) => a + -b;

    public static Rational operator -(Rational a) => new(-(Int128)a.Numerator, a.Denominator);

    public static Rational operator *(Rational a, Rational b) =>
        new((Int128)a.Numerator * b.Numerator, (Int128)a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) =>
        new((Int128)a.Numerator * b.Denominator, (Int128)a.Denominator * b.Numerator);

    public static bool operator ==(Rational a, Rational b) => a.Equals(b);

    public static bool operator !=(Rational a, Rational b) => !a.Equals(b);

    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    /// <summary>The time of a tick: <paramref name="ticks"/> x <paramref name="timeBase"/>.</summary>
    public static Rational FromTicks(long ticks, Rational timeBase) => new(ticks * (Int128)timeBase.Numerator, timeBase.Denominator);

    /// <summary>Reads <c>30000/1001</c>, <c>16:11</c> or <c>25</c>; a zero denominator (ffprobe's "unknown", 0/0) is no fraction.</summary>
    public static bool TryParse(string? text, out Rational value)
    {
        value = default;
        if (string.IsNullOrEmpty(text))
            return false;
        int cut = text.IndexOfAny(['/', ':']);
        ReadOnlySpan<char> upper = cut < 0 ? text : text.AsSpan(0, cut), lower = cut < 0 ? "1" : text.AsSpan(cut + 1);
        if (!long.TryParse(upper, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long n)
            || !long.TryParse(lower, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long d) || d == 0)
            return false;
        value = new Rational(n, d);
        return true;
    }

    /// <summary>This time in ticks of <paramref name="timeBase"/>, rounded to the nearest (halves away from zero).</summary>
    public long ToTicks(Rational timeBase)
    {
        Int128 n = (Int128)Numerator * timeBase.Denominator, d = (Int128)Denominator * timeBase.Numerator;
        Int128 half = d / 2;
        return checked((long)(n >= 0 ? (n + half) / d : (n - half) / d));
    }

    /// <summary>True where this time is a whole number of ticks of <paramref name="timeBase"/>.</summary>
    public bool IsTickOf(Rational timeBase) => (this / timeBase).Denominator == 1;

    public double ToDouble() => (double)Numerator / Denominator;

    public int CompareTo(Rational other) => ((Int128)Numerator * other.Denominator).CompareTo((Int128)other.Numerator * Denominator);

    public bool Equals(Rational other) => Numerator == other.Numerator && Denominator == other.Denominator;

    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    /// <summary>Always <c>numerator/denominator</c>, so that it reads back.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    private static Int128 GreatestCommonDivisor(Int128 a, Int128 b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a == 0 ? 1 : a;
    }
}
