using VideoMatte.Frames;
using VideoMatte.Pipelines;
using Xunit;

namespace VideoMatte.Tests.Pipelines;

public sealed class PreviewClockTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void NothingIsMeasured_TheFirstLookIsShort()
    {
        Assert.Equal(3, Clock(6).FramesOfALook(8, 11));
        Assert.Equal(2, Clock(6).FramesOfALook(8, 2));
    }

    [Theory]
    [InlineData(0, 8, 3)] // 6 s for 8 looks of frames of 0.25 s
    [InlineData(0, 1, 11)]
    [InlineData(5.5, 1, 2)]
    [InlineData(9, 4, 2)] // too late: the frame and one before it all the same
    public void FramesAreMeasured_TheLooksLeftShareTheTimeLeft(double elapsed, int looks, int expected)
    {
        PreviewClock clock = Clock(6);
        clock.NoteModel(TimeSpan.FromSeconds(3)); // warms up: does not count
        clock.NoteModel(TimeSpan.FromSeconds(0.25));
        _time.Advance(TimeSpan.FromSeconds(elapsed));

        Assert.Equal(expected, clock.FramesOfALook(looks, 11));
    }

    [Theory]
    [InlineData(10, 11, true)] // 25 frames of 10 ms against a start of 300 ms
    [InlineData(10, 12, false)]
    [InlineData(10, 9, false)] // it lies behind
    public void ReadingOn_IsTakenWhereItIsQuicker(int from, int to, bool expected)
    {
        PreviewClock clock = Clock(6);
        (clock.PerDecodedFrame, clock.Opening) = (0.01, 0.3);

        Assert.Equal(expected, clock.ReadingOnIsQuicker(new Rational(from), new Rational(to), new Rational(25)));
    }

    private PreviewClock Clock(int seconds) => new(_time.GetTimestamp(), TimeSpan.FromSeconds(seconds), _time);
}
