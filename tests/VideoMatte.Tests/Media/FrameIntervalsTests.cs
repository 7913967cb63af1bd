using VideoMatte.Frames;
using VideoMatte.Media;
using Xunit;

namespace VideoMatte.Tests.Media;

public sealed class FrameIntervalsTests
{
    private static readonly Rational Millisecond = new(1, 1000), Fine = new(1, 90000);

    public static TheoryData<string, bool> Clips => new()
    {
        { "25 in ms", false },
        { "23.976 rounded to ms", false },
        { "120 rounded to ms", false },
        { "30 with a clock's jitter of 1 ms", false },
        { "25 with one frame left out", true },
        { "30 and 15 in turns", true },
        { "one frame", false },
    };

    [Theory]
    [MemberData(nameof(Clips))]
    public void IsVariable_ByTheRule(string clip, bool variable)
    {
        IEnumerable<Rational> times = clip switch
        {
            "25 in ms" => Enumerable.Range(0, 50).Select(i => new Rational(i, 25)),
            "23.976 rounded to ms" => Enumerable.Range(0, 50).Select(i => Rational.FromTicks(new Rational(i * 1001L, 24000).ToTicks(Millisecond), Millisecond)),
            "120 rounded to ms" => Enumerable.Range(0, 50).Select(i => Rational.FromTicks(new Rational(i, 120).ToTicks(Millisecond), Millisecond)),
            "30 with a clock's jitter of 1 ms" => Enumerable.Range(0, 50).Select(i => Rational.FromTicks((i * 3000) + (i * 7 % 3 * 45), Fine)),
            "25 with one frame left out" => Enumerable.Range(0, 50).Where(i => i != 20).Select(i => new Rational(i, 25)),
            "30 and 15 in turns" => Enumerable.Range(0, 50).Select(i => new Rational((i / 2 * 3) + (i % 2), 30)),
            _ => [Rational.Zero],
        };
        FrameIntervals intervals = new(Fine);
        foreach (Rational time in times)
            intervals.Add(time);
        Assert.Equal(variable, intervals.IsVariable);
        Assert.Equal(0, intervals.Repaired);
    }

    [Fact]
    public void Repaired_CountsFramesOneFineTickBehind()
    {
        FrameIntervals intervals = new(new Rational(1, 64000));
        foreach (long ticks in (long[])[0, 2560, 5120, 5121, 7680])
            intervals.Add(Rational.FromTicks(ticks, new Rational(1, 64000)));
        Assert.Equal((1L, 3L), (intervals.Repaired, intervals.FirstRepaired!.Value));
    }
}
