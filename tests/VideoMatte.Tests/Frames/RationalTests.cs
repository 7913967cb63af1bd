using System.Numerics;
using VideoMatte.Frames;
using Xunit;

namespace VideoMatte.Tests.Frames;

public sealed class RationalTests
{
    [Theory]
    [InlineData(6, 4, 3, 2)]
    [InlineData(-6, 4, -3, 2)]
    [InlineData(6, -4, -3, 2)]
    [InlineData(0, -7, 0, 1)]
    [InlineData(60000, 2002, 30000, 1001)]
    [InlineData(long.MaxValue, long.MaxValue, 1, 1)]
    [InlineData(long.MinValue, long.MinValue, 1, 1)]
    [InlineData(long.MinValue, 2, long.MinValue / 2, 1)]
    public void Constructor_AnyFraction_IsReducedWithAPositiveDenominator(long n, long d, long reducedN, long reducedD)
    {
        Rational value = new(n, d);
        Assert.Equal((reducedN, reducedD), (value.Numerator, value.Denominator));
    }

    [Fact]
    public void Constructor_ZeroDenominator_Throws() => Assert.Throws<DivideByZeroException>(() => new Rational(1, 0));

    [Fact]
    public void Default_IsZero()
    {
        Assert.Equal(new Rational(0, 5), default);
        Assert.Equal(1, default(Rational).Denominator);
        Assert.Equal(new Rational(1, 2), default(Rational) + new Rational(1, 2));
        Assert.Equal(new Rational(0).GetHashCode(), default(Rational).GetHashCode());
    }

    /// <summary>The laws of a field, against fractions of unlimited size.</summary>
    [Fact]
    public void Arithmetic_RandomFractions_AgreesWithUnlimitedIntegers()
    {
        Random random = new(1);
        for (int i = 0; i < 5000; i++)
        {
            Rational a = Draw(random), b = Draw(random), c = Draw(random);
            Same(a + b, (N(a) * D(b)) + (N(b) * D(a)), D(a) * D(b));
            Same(a - b, (N(a) * D(b)) - (N(b) * D(a)), D(a) * D(b));
            Same(a * b, N(a) * N(b), D(a) * D(b));
            if (b != Rational.Zero)
                Same(a / b, N(a) * D(b), D(a) * N(b));
            Assert.Equal(a + b, b + a);
            Assert.Equal((a + b) + c, a + (b + c));
            Assert.Equal(a * (b + c), (a * b) + (a * c));
            Assert.Equal(Rational.Zero, a + -a);
            Assert.Equal((N(a) * D(b)).CompareTo(N(b) * D(a)), Math.Sign(a.CompareTo(b)));
            Assert.Equal(a == b, a.CompareTo(b) == 0);
            Assert.Equal(a < b, b > a);
            Assert.Equal(a <= b, !(a > b));
        }
    }

    [Fact]
    public void Arithmetic_TooLarge_ThrowsRatherThanWraps()
    {
        Rational large = new(long.MaxValue);
        Assert.Throws<OverflowException>(() => large + Rational.One);
        Assert.Throws<OverflowException>(() => large * new Rational(2));
        Assert.Throws<OverflowException>(() => new Rational(1, long.MaxValue) / large);
        Assert.Throws<OverflowException>(() => -new Rational(long.MinValue));
        Assert.Throws<DivideByZeroException>(() => large / Rational.Zero);
    }

    [Fact]
    public void Compare_Extremes_DoesNotOverflow()
    {
        Assert.True(new Rational(long.MaxValue, 2) > new Rational(long.MinValue, 3));
        Assert.True(new Rational(1, long.MaxValue) < new Rational(1, long.MaxValue - 1));
    }

    [Theory]
    [InlineData("30000/1001", 30000, 1001)]
    [InlineData("16:11", 16, 11)]
    [InlineData("25", 25, 1)]
    [InlineData("-1/2", -1, 2)]
    public void TryParse_Fractions_AreRead(string text, long n, long d)
    {
        Assert.True(Rational.TryParse(text, out Rational value));
        Assert.Equal(new Rational(n, d), value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0/0")]
    [InlineData("1/0")]
    [InlineData("N/A")]
    [InlineData("1/2/3")]
    [InlineData("1.5")]
    [InlineData("/2")]
    [InlineData("99999999999999999999/1")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(Rational.TryParse(text, out _));

    [Fact]
    public void ToString_ReadsBack()
    {
        Rational value = new(-30000, 1001);
        Assert.Equal("-30000/1001", value.ToString());
        Assert.True(Rational.TryParse(value.ToString(), out Rational back));
        Assert.Equal(value, back);
    }

    [Theory]
    [InlineData(1, 3, 3, 1)]
    [InlineData(1, 2, 1, 1)]
    [InlineData(-1, 2, 1, -1)]
    [InlineData(49, 100, 1, 0)]
    [InlineData(-49, 100, 1, 0)]
    [InlineData(1, 30, 1000, 33)]
    public void ToTicks_BetweenTicks_RoundsHalvesAway(long n, long d, long ticksPerSecond, long expected) =>
        Assert.Equal(expected, new Rational(n, d).ToTicks(new Rational(1, ticksPerSecond)));

    [Fact]
    public void FromTicks_OfEveryCommonTimeBase_GoesBackExactly()
    {
        foreach (Rational timeBase in new Rational[] { new(1, 90000), new(1, 1000), new(1001, 30000), new(1, 1_000_000_000), new(1, 15360) })
        {
            foreach (long ticks in new[] { 0, 1, -1, 12345, 1L << 40, -(1L << 40) })
            {
                Rational time = Rational.FromTicks(ticks, timeBase);
                Assert.Equal(ticks, time.ToTicks(timeBase));
                Assert.True(time.IsTickOf(timeBase));
            }
        }

        Assert.False(new Rational(1, 30).IsTickOf(new Rational(1, 1000)));
    }

    private static Rational Draw(Random random) => new(random.Next(-100_000, 100_000), random.Next(1, 5_000));

    private static BigInteger N(Rational value) => value.Numerator;

    private static BigInteger D(Rational value) => value.Denominator;

    private static void Same(Rational value, BigInteger n, BigInteger d)
    {
        Assert.Equal(n * D(value), N(value) * d);
        Assert.Equal(BigInteger.One, BigInteger.GreatestCommonDivisor(N(value), D(value)));
    }
}
