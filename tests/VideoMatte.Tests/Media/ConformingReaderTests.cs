using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

/// <summary>Against the definition, written down plainly: for every tick the frame whose time is nearest.</summary>
public sealed class ConformingReaderTests : IDisposable
{
    private static readonly FrameFormat Small = new(4, 2, PlaneLayout.Gray, 8, ColourDescription.Bt709Limited);

    private readonly CheckingFramePool _pool = new();

    public void Dispose() => _pool.Dispose();

    public static TheoryData<string, string> Cases => new()
    {
        { "24000/1001", "25/1" }, { "25/1", "30000/1001" }, { "60/1", "25/1" }, { "120/1", "24/1" }, { "1/1", "25/1" }, { "25/1", "25/1" }, { "variable", "30/1" },
        { "variable", "24000/1001" }, { "late start", "25/1" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Read_AnyRates_GivesEachTickItsNearestFrame(string source, string to)
    {
        Assert.True(Rational.TryParse(to, out Rational rate));
        Rational[] times = Times(source);
        await using ConformingReader reader = await ConformingReader.OpenAsync(new ListReader(_pool, times), rate, default);
        List<(int Frame, Rational At)> written = [];
        long index = 0, given = 0;
        while (await reader.ReadAsync(default) is { } frame)
        {
            using (frame)
            {
                Assert.Equal(index++, frame.Time.Index);
                Assert.True(frame.Time.PresentationTime.IsTickOf(reader.TimeBase));
                Rational ticks = frame.Time.Duration * rate;
                Assert.Equal(1, ticks.Denominator);
                for (long i = 0; i < ticks.Numerator; i++)
                    written.Add((frame.Bytes[0], frame.Time.PresentationTime + (new Rational(i) / rate)));
                given++;
            }
        }

        Rational last = times[^1] - times[^2];
        long expected = Math.Max(1, ((times[^1] + last - times[0]) * rate).ToTicks(Rational.One));
        Assert.Equal(expected, written.Count);
        for (int k = 0; k < written.Count; k++)
        {
            Rational tick = times[0] + (new Rational(k) / rate);
            Assert.Equal(tick, written[k].At);
            int nearest = Enumerable.Range(0, times.Length).MinBy(i => (times[i] > tick ? times[i] - tick : tick - times[i]).ToDouble());
            Rational best = Distance(times[nearest], tick), got = Distance(times[written[k].Frame], tick);
            Assert.Equal(best, got);
        }

        Assert.Equal(times.Length, reader.FramesRead);
        Assert.Equal(times.Length - given, reader.FramesDropped);
        Assert.Equal(written.Count - given, reader.FramesRepeated);
    }

    [Fact]
    public async Task Read_OfOneFrame_GivesIt()
    {
        await using ConformingReader reader = await ConformingReader.OpenAsync(new ListReader(_pool, [new Rational(7, 3)]), new Rational(1, 10), default);
        using (VideoFrame frame = (await reader.ReadAsync(default))!)
            Assert.Equal(new Rational(10), frame.Time.Duration);
        Assert.Null(await reader.ReadAsync(default));
    }

    [Fact]
    public async Task Dispose_InTheMiddle_LeaksNothing()
    {
        ConformingReader reader = await ConformingReader.OpenAsync(new ListReader(_pool, Times("25/1")), new Rational(30), default);
        (await reader.ReadAsync(default))!.Dispose();
        await reader.DisposeAsync();
    }

    private static Rational Distance(Rational a, Rational b) => a > b ? a - b : b - a;

    private static Rational[] Times(string source) => source switch
    {
        "variable" => [.. Enumerable.Range(0, 60).Select(i => Rational.FromTicks((i * 2731) + (i * 7 % 5 * 311), new Rational(1, 90000)))],
        "late start" => [.. Enumerable.Range(0, 30).Select(i => new Rational(81, 250) + new Rational(i, 30))],
        _ => [.. Enumerable.Range(0, 60).Select(i => new Rational(i) / Rate(source))],
    };

    private static Rational Rate(string text) => Rational.TryParse(text, out Rational rate) ? rate : throw new ArgumentException(text);

    /// <summary>Frames at given times; each holds its index.</summary>
    private sealed class ListReader(IFramePool pool, Rational[] times) : IFrameReader
    {
        private int _next;

        public FrameFormat Format => Small;

        public Rational TimeBase { get; } = new(1, 90000);

        public IReadOnlyList<MatteWarning> Warnings => [];

        public ValueTask<VideoFrame?> ReadAsync(CancellationToken cancellationToken)
        {
            if (_next == times.Length)
                return ValueTask.FromResult<VideoFrame?>(null);
            Rational duration = times.Length > 1 ? (times[^1] - times[0]) / new Rational(times.Length - 1) : Rational.Zero;
            VideoFrame frame = VideoFrame.Rent(pool, Small, new FrameTime(_next, times[_next], duration));
            frame.Bytes.Fill((byte)_next++);
            return ValueTask.FromResult<VideoFrame?>(frame);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
