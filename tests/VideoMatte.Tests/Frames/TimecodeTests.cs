using VideoMatte.Frames;
using Xunit;

namespace VideoMatte.Tests.Frames;

public sealed class TimecodeTests
{
    private static readonly Rational Ntsc = new(30000, 1001), Ntsc60 = new(60000, 1001);

    /// <summary>Known pairs of SMPTE ST 12-1: an hour of dropped numbers at 30 has 107892 of them, a minute 1798, ten minutes 17982.</summary>
    [Theory]
    [InlineData("00:00:59;29", 1799)]
    [InlineData("00:01:00;02", 1800)]
    [InlineData("00:09:59;29", 17981)]
    [InlineData("00:10:00;00", 17982)]
    [InlineData("01:00:00;00", 107892)]
    [InlineData("01:00:00:00", 108000)]
    [InlineData("23:59:59;29", 2589407)]
    public void TryParse_At30_HasTheStandardsNumber(string text, long number)
    {
        Assert.True(Timecode.TryParse(text, Ntsc, out Timecode timecode));
        Assert.Equal((number, text), (timecode.FrameNumber, timecode.ToString()));
    }

    /// <summary>The same at 60000/1001: a minute that lacks four numbers has 3596 frames, ten minutes have 35964.</summary>
    [Theory]
    [InlineData("00:00:59;59", 3599)]
    [InlineData("00:01:00;04", 3600)]
    [InlineData("00:02:00;04", 7196)]
    [InlineData("00:10:00;00", 35964)]
    [InlineData("01:00:00;00", 215784)]
    [InlineData("23:59:59;59", 5178815)]
    [InlineData("01:00:00:00", 216000)]
    public void TryParse_At60_HasTheStandardsNumber(string text, long number)
    {
        Assert.True(Timecode.TryParse(text, Ntsc60, out Timecode timecode));
        Assert.Equal((number, text), (timecode.FrameNumber, timecode.ToString()));
        Assert.Null(timecode.Packed());
    }

    /// <summary>Over a day a clock of dropped numbers is 86.4 ms from the wall's, the standard says; one that drops nothing is 86.4 s.</summary>
    [Fact]
    public void FrameNumber_OfADay_AgreesWithTheWall()
    {
        foreach ((Rational rate, string last) in ((Rational, string)[])[(Ntsc, "23:59:59;29"), (Ntsc60, "23:59:59;59")])
        {
            Assert.True(Timecode.TryParse(last, rate, out Timecode end));
            double seconds = (new Rational(end.FrameNumber + 1) / rate).ToDouble();
            Assert.Equal(86400 - 0.0864, seconds, 1e-6);
        }
    }

    [Theory]
    [InlineData("00:01:00;00", 30)]
    [InlineData("00:59:00;01", 30)]
    [InlineData("00:01:00;03", 60)]
    public void TryParse_ANumberThatIsDropped_IsRefused(string text, int nominal) =>
        Assert.False(Timecode.TryParse(text, nominal == 30 ? Ntsc : Ntsc60, out _));

    [Fact]
    public void TryParse_Above100FramesASecond_TakesThreeDigits()
    {
        Assert.True(Timecode.TryParse("01:00:00:119", new Rational(120), out Timecode timecode));
        Assert.Equal((432119, "01:00:00:119"), (timecode.FrameNumber, timecode.ToString()));
        Assert.Equal("01:00:01:00", timecode.Later(1).ToString());
    }

    /// <summary>ST 12-1's word for television: hours, minutes, seconds, frames, two digits of four bits each; bit 6 says that numbers are dropped.</summary>
    [Theory]
    [InlineData("12:34:56:17", 25, 0x12345617u)]
    [InlineData("01:01:00;02", 30, 0x01010042u)]
    [InlineData("23:59:59;29", 30, 0x23595969u)]
    public void Packed_IsTheStandardsWord(string text, int nominal, uint word)
    {
        Assert.True(Timecode.TryParse(text, nominal == 30 ? Ntsc : new Rational(nominal), out Timecode timecode));
        Assert.Equal(word, timecode.Packed());
    }

    [Fact]
    public void AtRate_WhereTheNewRateDropsTheNumber_TakesTheNextThatIsThere()
    {
        Assert.True(Timecode.TryParse("00:01:00;04", Ntsc60, out Timecode sixty));
        Assert.Equal("00:01:00;02", sixty.AtRate(Ntsc).ToString());
        Assert.True(Timecode.TryParse("00:01:00;02", Ntsc, out Timecode thirty));
        Assert.Equal("00:01:00;04", thirty.AtRate(Ntsc60).ToString());
    }

    [Fact]
    public void Later_EveryFrameOfTwentyMinutes_SkipsTheDroppedNumbersOnly()
    {
        foreach ((Rational rate, int nominal, int dropped) in ((Rational, int, int)[])[(Ntsc, 30, 2), (Ntsc60, 60, 4)])
        {
            Assert.True(Timecode.TryParse("00:00:00;00", rate, out Timecode start));
            long n = 0;
            for (int minute = 0; minute < 20; minute++)
                for (int second = 0; second < 60; second++)
                    for (int frame = second == 0 && minute % 10 != 0 ? dropped : 0; frame < nominal; frame++)
                        Assert.Equal($"00:{minute:00}:{second:00};{frame:00}", start.Later(n++).ToString());
        }
    }

    [Fact]
    public void Later_OverMidnight_BeginsAgain()
    {
        Assert.True(Timecode.TryParse("23:59:59:24", new Rational(25), out Timecode last));
        Assert.Equal("00:00:00:00", last.Later(1).ToString());
    }

    [Fact]
    public void AtRate_KeepsTheSecond()
    {
        Assert.True(Timecode.TryParse("01:02:03:12", new Rational(24), out Timecode film));
        Assert.Equal("01:02:03:12", film.AtRate(new Rational(25)).ToString());
        Assert.Equal("01:02:03:25", film.AtRate(new Rational(50)).ToString());
    }

    [Theory]
    [InlineData("01:00:00:25")]
    [InlineData("24:00:00:00")]
    [InlineData("1:00:00:00")]
    [InlineData("aa:00:00:00")]
    [InlineData("01:00:00:0")]
    [InlineData("01:00:00:001")]
    [InlineData("$(date):00:00:00")]
    public void TryParse_NoTimecodeOfThisRate_IsRefused(string text) => Assert.False(Timecode.TryParse(text, new Rational(25), out _));
}
