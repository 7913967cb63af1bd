using VideoMatte.Frames;
using VideoMatte.Pipelines;
using VideoMatte.Testing;
using VideoMatte.Tests.Compositing;
using Xunit;

namespace VideoMatte.Tests.Pipelines;

/// <summary>Which frame of a side file belongs to a source frame: shown by the first sample, which counts the side frames.</summary>
public sealed class FramePairingTests : IDisposable
{
    private static readonly FrameFormat Tiny = new(1, 1, PlaneLayout.Gray, 8, new ColourDescription(ColourMatrix.Unspecified, ColourRange.Full));

    private readonly CheckingFramePool _pool = new();

    public void Dispose() => _pool.Dispose();

    [Fact]
    public void Married_SameTimesInAnotherTimeBase_GoOneByOne() =>
        Assert.Equal([0, 1, 2, 3, 4], Married(Times(5, new(1001, 30000)), Times(5, new(1001, 30000)).Select(Milliseconds)));

    /// <summary>The source begins at 2 s (a cut), the matte was made of the whole.</summary>
    [Fact]
    public void Married_SourceBeginsLater_SkipsToItsTime() =>
        Assert.Equal([50, 51, 52], Married(Times(3, new(1, 25), from: 2), Times(60, new(1, 25)), sourceStart: Rational.Zero));

    /// <summary>The matte was made of the cut, and keeps the source's clock.</summary>
    [Fact]
    public void Married_BothBeginLater_StartTogether() =>
        Assert.Equal([0, 1, 2], Married(Times(3, new(1, 25), from: 2), Times(3, new(1, 25), from: 2), sourceStart: Rational.Zero));

    [Fact]
    public void Married_MatteLostTheSourcesStartTime_StartTogether() =>
        Assert.Equal([0, 1, 2], Married(Times(3, new(1, 25), from: 1.4), Times(3, new(1, 25)), sourceStart: new Rational(7, 5)));

    [Fact]
    public void Married_SourceLacksAFrame_SkipsItsMatte() => Assert.Equal(
        [0, 1, 3, 4], Married(Times(5, new(1, 25)).Where((_, i) => i != 2), Times(5, new(1, 25))));

    [Theory]
    [InlineData(30000, 1001, 30, 1)]
    [InlineData(30, 1, 30000, 1001)]
    [InlineData(25, 1, 30, 1)]
    [InlineData(60, 1, 24, 1)]
    public void Married_AnotherRate_GoesByIndex(int a, int b, int c, int d) => Assert.Equal(
        Enumerable.Range(0, 600), Married(Times(600, new(b, a)), Times(600, new(d, c))));

    [Fact]
    public void Married_VariableTimes_GoOneByOne()
    {
        Rational[] times = [.. Enumerable.Range(0, 40).Select(i => FakeFrameReader.TimeOf(i).PresentationTime)];
        Assert.Equal(Enumerable.Range(0, 40), Married(times, times.Select(Milliseconds)));
    }

    [Fact]
    public void Married_AStill_HoldsForAll() => Assert.Equal([0, 0, 0], Married(Times(3, new(1, 25)), Times(1, new(1, 25)), still: true));

    [Fact]
    public void Married_TooFewFrames_NamesBothCounts()
    {
        MatteException error = Assert.Throws<MatteException>(() => Married(Times(7, new(1, 25)), Times(4, new(1, 25))));
        Assert.Equal((ErrorKind.Input, "matte-too-short"), (error.Kind, error.Code));
        Assert.Contains("4 frames", error.Message, StringComparison.Ordinal);
        Assert.Contains("picture has 7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Held_AClip_RunsWithTheFramesAndItsLastStays() => Assert.Equal(
        [0, 0, 1, 1, 2, 3, 3, 3], Held(Times(8, new(1, 25)), Times(4, new(1, 15)).Select(Milliseconds)));

    [Fact]
    public void Held_SameRateRoundedTimes_GoOneByOne() => Assert.Equal(
        Enumerable.Range(0, 300), Held(Times(300, new(1001, 30000)), Times(300, new(1001, 30000)).Select(Milliseconds)));

    [Fact]
    public void Held_NoFrames_IsAnInputError() =>
        Assert.Equal("matte-empty", Assert.Throws<MatteException>(() => Held(Times(1, new(1, 25)), [])).Code);

    private static IEnumerable<Rational> Times(int count, Rational duration, double from = 0) =>
        Enumerable.Range(0, count).Select(i => new Rational((long)(from * 10), 10) + (duration * new Rational(i)));

    private static Rational Milliseconds(Rational time) => Rational.FromTicks(time.ToTicks(new Rational(1, 1000)), new Rational(1, 1000));

    private int[] Married(IEnumerable<Rational> source, IEnumerable<Rational> side, Rational? sourceStart = null, bool still = false)
    {
        Rational[] asked = [.. source];
        using var pairing = new MarriedFrames(Reader(side), new MatteTimes(sourceStart, null), still, "m.mkv", asked.Length);
        return Run(pairing, asked);
    }

    private int[] Held(IEnumerable<Rational> source, IEnumerable<Rational> side)
    {
        using var pairing = new HeldFrames(Reader(side), new MatteTimes(null, null), "m.mkv");
        return Run(pairing, [.. source]);
    }

    private static int[] Run(IFramePairing pairing, Rational[] times)
    {
        Rational duration = times.Length < 2 ? new Rational(1, 25) : (times[^1] - times[0]) / new Rational(times.Length - 1);
        return [.. times.Select((t, i) =>
        {
            VideoFrame frame = pairing.Next(new FrameTime(i, t, duration));
            return (int)frame.Time.Index;
        })];
    }

    private Func<VideoFrame?> Reader(IEnumerable<Rational> times)
    {
        Queue<Rational> left = new(times);
        int index = 0;
        return () => left.TryDequeue(out Rational time) ? VideoFrame.Rent(_pool, Tiny, new FrameTime(index++, time, Rational.Zero)) : null;
    }
}
