using VideoMatte.Pipelines;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Pipelines;

public sealed class ProgressMeterTests
{
    /// <summary>The clock counts whole ticks of 100 ns, so that a third of a second is off by up to that much.</summary>
    private const int RateDecimals = 3;

    private readonly ManualTime _time = new();
    private readonly Reports _reports = new();

    [Fact]
    public void Report_Often_IsHeardTenTimesASecond()
    {
        ProgressMeter meter = new(_reports, 1000, _time);
        for (int frame = 0; frame <= 200; frame++)
        {
            meter.Report(frame);
            _time.Advance(TimeSpan.FromMilliseconds(5));
        }

        Assert.InRange(_reports.All.Count, 10, 11);
        meter.Finish(201);
        Assert.Equal(201, _reports.All[^1].FramesDone);
    }

    [Fact]
    public void Report_RateChanges_FollowsTheLastSeconds()
    {
        ProgressMeter meter = new(_reports, 1000, _time);
        Run(meter, 0, 100, TimeSpan.FromMilliseconds(500));
        Assert.Equal(2, _reports.All[^1].FramesPerSecond, RateDecimals);
        Run(meter, 100, 200, TimeSpan.FromMilliseconds(100));
        Assert.Equal(10, _reports.All[^1].FramesPerSecond, RateDecimals);
        Assert.Equal(80.1, _reports.All[^1].TimeLeft!.Value.TotalSeconds, RateDecimals);
    }

    [Fact]
    public void Report_FramesSlowerThanTheWindow_StillHasARate()
    {
        ProgressMeter meter = new(_reports, 10, _time);
        Run(meter, 0, 5, TimeSpan.FromSeconds(20));
        Assert.Equal(0.05, _reports.All[^1].FramesPerSecond, RateDecimals);
    }

    [Fact]
    public void Report_FirstOrUnknownTotal_PromisesNothing()
    {
        ProgressMeter meter = new(_reports, null, _time);
        meter.Report(0);
        Assert.Equal(new PipelineProgress(0, null, 0, null), _reports.All[0]);
        _time.Advance(TimeSpan.FromSeconds(1));
        meter.Report(5);
        Assert.Equal(new PipelineProgress(5, null, 5, null), _reports.All[1]);
    }

    [Fact]
    public void Report_MoreThanAnnounced_RaisesTheTotal()
    {
        ProgressMeter meter = new(_reports, 3, _time);
        meter.Report(0);
        _time.Advance(TimeSpan.FromSeconds(1));
        meter.Report(4);
        Assert.Equal(new PipelineProgress(4, 4, 4, TimeSpan.Zero), _reports.All[1]);
    }

    [Fact(Timeout = 30_000)]
    public async Task Pipeline_Reports_FromNothingToAll()
    {
        using PipelineFixture line = new(frames: 12) { Progress = _reports, Options = new PipelineOptions { TotalFrames = 12, ExtraPictures = 0 } };
        await line.RunAsync();
        Assert.Equal(0, _reports.All[0].FramesDone);
        Assert.Equal((12L, 12L), (_reports.All[^1].FramesDone, _reports.All[^1].FramesTotal));
        Assert.Equal(_reports.All.Select(r => r.FramesDone).Order(), _reports.All.Select(r => r.FramesDone));
    }

    private void Run(ProgressMeter meter, int from, int to, TimeSpan each)
    {
        for (int frame = from; frame < to; frame++)
        {
            meter.Report(frame);
            _time.Advance(each);
        }
    }

    private sealed class Reports : IProgress<PipelineProgress>
    {
        public List<PipelineProgress> All { get; } = [];

        public void Report(PipelineProgress value) => All.Add(value);
    }
}
