using VideoMatte.Media;
using Xunit;

namespace VideoMatte.Tests.Media;

public sealed class FrameTimecodeTests
{
    [Theory]
    [InlineData("01:00:00:00", 24, 86400, false)]
    [InlineData("00:01:00;02", 30, 1800, true)]
    [InlineData("00:10:00;00", 30, 17982, true)]
    [InlineData("00:01:00;04", 60, 3600, true)]
    [InlineData("00:00:01.10", 25, 35, false)]
    public void Parse_WellFormed_CountsFrames(string text, int perSecond, long frame, bool drops)
    {
        FrameTimecode? timecode = FrameTimecode.Parse(text, perSecond);
        Assert.Equal(new FrameTimecode(frame, perSecond, drops), timecode);
    }

    [Theory]
    [InlineData("01:00:00", 24)]
    [InlineData("01:00:00:24", 24)]
    [InlineData("01:60:00:00", 24)]
    [InlineData("$(date):00:00:00", 24)]
    public void Parse_Malformed_IsNone(string text, int perSecond) => Assert.Null(FrameTimecode.Parse(text, perSecond));

    [Theory]
    [InlineData(30, true)]
    [InlineData(60, true)]
    [InlineData(24, false)]
    public void At_EveryFrameOfHalfAnHour_IsParsedBack(int perSecond, bool drops)
    {
        FrameTimecode start = new(0, perSecond, drops);
        for (long frame = 0; frame < 30L * 60 * perSecond; frame++)
        {
            (int hours, int minutes, int seconds, int frames) = start.At(frame);
            string text = FormattableString.Invariant($"{hours:D2}:{minutes:D2}:{seconds:D2}{(drops ? ';' : ':')}{frames:D2}");
            Assert.Equal(frame, FrameTimecode.Parse(text, perSecond)!.FirstFrame);
        }
    }
}
