using VideoMatte.Matting.Solver;
using VideoMatte.Pipelines;
using Xunit;

namespace VideoMatte.Tests.Pipelines;

public sealed class SolverProgressTests
{
    /// <summary>A solver's word is said with the line's last one, and not more than four times a second.</summary>
    [Fact]
    public void Report_ASolversSteps_AreJoinedWithTheFrames()
    {
        var time = new ManualTime();
        var heard = new List<PipelineProgress>();
        var progress = new SolverProgress(new Ear(heard), 3, time, CancellationToken.None);
        progress.Report(new SolverStep(500, 10));
        Assert.Empty(heard);
        time.Advance(TimeSpan.FromMilliseconds(300));
        progress.Report(new SolverStep(500, 20));
        progress.Report(new PipelineProgress(1, 3, 2.5, null));
        progress.Report(new SolverStep(500, 30));
        time.Advance(TimeSpan.FromMilliseconds(300));
        progress.Report(new SolverStep(500, 40));
        Assert.Equal([(0L, 3L, "solving 500 open pixels, step 20"), (1L, 3L, null), (1L, 3L, "solving 500 open pixels, step 40")], heard.Select(p => (p.FramesDone, p.FramesTotal!.Value, p.Step)));
    }

    [Fact]
    public void Report_WhenTheRunIsStopped_StopsTheSolver()
    {
        using var stop = new CancellationTokenSource();
        var progress = new SolverProgress(null, 1, new ManualTime(), stop.Token);
        progress.Report(new SolverStep(500, 10));
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => progress.Report(new SolverStep(500, 20)));
    }

    private sealed class Ear(List<PipelineProgress> heard) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value) => heard.Add(value);
    }
}
