using System.Globalization;
using VideoMatte.Frames;
using Xunit;

namespace VideoMatte.Tests.Frames;

public sealed class ClockTimeTests
{
    [Theory]
    [InlineData("0", "0/1")]
    [InlineData("12.5", "25/2")]
    [InlineData("0.001", "1/1000")]
    [InlineData("90", "90/1")]
    [InlineData("01:30", "90/1")]
    [InlineData("00:01:30.250", "361/4")]
    [InlineData("100:00:00", "360000/1")]
    [InlineData("1:02:03.000000001", "3723000000001/1000000000")]
    public void TryParse_SecondsOrClock_IsExact(string text, string seconds)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // Where a comma is the point, a point is still the point.
            CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            comma.NumberFormat.NumberGroupSeparator = ".";
            CultureInfo.CurrentCulture = comma;
            Assert.True(ClockTime.TryParse(text, out Rational parsed));
            Assert.Equal(seconds, parsed.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("1,5")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("00:60")]
    [InlineData("00:60:00")]
    [InlineData("1:2:3:4")]
    [InlineData("1:2.5:3")]
    [InlineData("99999999999999999999")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(ClockTime.TryParse(text, out _));
}
