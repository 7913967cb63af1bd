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
    public void TryParse_NoTimecodeOfThisRate_IsRefused(string text) => Assert.False(Timecode.TryParse(text, new Rational(25), out _));
}
