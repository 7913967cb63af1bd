using VideoMatte.Frames;
using VideoMatte.Media;
using Xunit;

namespace VideoMatte.Tests.Media;

public sealed class FrameRatesTests
{
    [Theory]
    [InlineData("25", "25/1")]
    [InlineData("30000/1001", "30000/1001")]
    [InlineData("29.97", "30000/1001")]
    [InlineData("23.976", "24000/1001")]
    [InlineData("23.98", "24000/1001")]
    [InlineData("59.94", "60000/1001")]
    [InlineData("119.88", "120000/1001")]
    [InlineData("12.5", "25/2")]
    [InlineData("29.5", "59/2")]
    [InlineData("25.0", "25/1")]
    public void TryParse_AsPeopleTypeThem_IsTheExactRate(string text, string rate)
    {
        Assert.True(FrameRates.TryParse(text, out Rational parsed));
        Assert.Equal(rate, parsed.ToString());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-25")]
    [InlineData("25,5")]
    [InlineData("25/0")]
    [InlineData("16:9")]
    [InlineData("fast")]
    [InlineData("1e2")]
    [InlineData("100000")]
    public void TryParse_NoRate_IsRefused(string text) => Assert.False(FrameRates.TryParse(text, out _));

    [Theory]
    [InlineData("30003/1000", "30/1")]
    [InlineData("2997/100", "30000/1001")]
    [InlineData("23976/1000", "24000/1001")]
    [InlineData("27/1", "27/1")]
    public void Snap_OfAnAverage_IsTheRateItWasShotAt(string measured, string rate)
    {
        Assert.True(Rational.TryParse(measured, out Rational average));
        Assert.Equal(rate, FrameRates.Snap(average).ToString());
    }
}
