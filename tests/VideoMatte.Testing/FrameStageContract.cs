using VideoMatte.Frames;
using Xunit;

namespace VideoMatte.Testing;

/// <summary>What every <see cref="IFrameStage{TIn,TOut}"/> keeps. Derive, and say how a stage, a frame for it and a result's text are made.</summary>
public abstract class FrameStageContract<TIn, TOut>
    where TIn : class, IFrameCarrier
    where TOut : class, IFrameCarrier
{
    /// <summary>Frames put in by a test; made larger than any latency by <see cref="CountFor"/>.</summary>
    private const int FrameCount = 8;

    /// <summary>A fresh stage, with the same settings every time.</summary>
    protected abstract IFrameStage<TIn, TOut> CreateStage(IFramePool pool);

    /// <summary>Frame <paramref name="index"/> of a clip, the same every time; the caller owns it.</summary>
    protected abstract TIn CreateInput(IFramePool pool, long index);

    /// <summary>Text that differs where the content differs, such as a hash of the samples.</summary>
    protected abstract string Fingerprint(TOut frame);

    [Fact]
    public void Name_Always_IsPlain()
    {
        using CheckingFramePool pool = new();
        using IFrameStage<TIn, TOut> stage = CreateStage(pool);
        Assert.Matches("^[a-z][a-z0-9-]*$", stage.Name);
        Assert.True(stage.LatencyFrames >= 0);
    }

    [Fact]
    public void ProcessThenFlush_AClip_GivesEveryFrameOnceInOrder()
    {
        using CheckingFramePool pool = new();
        using IFrameStage<TIn, TOut> stage = CreateStage(pool);
        List<(FrameTime Time, string Print)> results = Run(pool, stage, 0, CountFor(stage));
        Assert.Equal(Enumerable.Range(0, CountFor(stage)).Select(i => (long)i), results.Select(r => r.Time.Index));
        for (int i = 0; i < results.Count; i++)
        {
            using TIn input = CreateInput(pool, i);
            Assert.Equal(input.Time, results[i].Time);
        }
    }

    [Fact]
    public void Process_AClip_HoldsBackAtMostItsLatency()
    {
        using CheckingFramePool pool = new();
        using IFrameStage<TIn, TOut> stage = CreateStage(pool);
        Queue<TOut> ready = new();
        int given = 0;
        for (int i = 0; i < CountFor(stage); i++)
        {
            stage.Process(CreateInput(pool, i), ready);
            given += Drain(ready);
            Assert.True(i + 1 - given <= stage.LatencyFrames, "holds back more frames than it announces");
        }
    }

    [Fact]
    public void Flush_WithNothingHeld_GivesNothing()
    {
        using CheckingFramePool pool = new();
        using IFrameStage<TIn, TOut> stage = CreateStage(pool);
        Queue<TOut> ready = new();
        stage.Flush(ready);
        Assert.Empty(ready);
        Run(pool, stage, 0, 3);
        stage.Flush(ready);
        Assert.Empty(ready);
    }

    [Fact]
    public void Reset_WhileHolding_DisposesWhatIsHeld()
    {
        using CheckingFramePool pool = new();
        using IFrameStage<TIn, TOut> stage = CreateStage(pool);
        Queue<TOut> ready = new();
        for (int i = 0; i < CountFor(stage); i++)
            stage.Process(CreateInput(pool, i), ready);
        Drain(ready);
        stage.Reset();
        stage.Flush(ready);
        Assert.Empty(ready);
    }

    /// <summary>A shot after a cut is the shot alone: nothing of what was before shows in it.</summary>
    [Fact]
    public void Reset_BetweenShots_ForgetsEverything()
    {
        using CheckingFramePool pool = new();
        using IFrameStage<TIn, TOut> used = CreateStage(pool), fresh = CreateStage(pool);
        Run(pool, used, 100, CountFor(used));
        used.Reset();
        Assert.Equal(Run(pool, fresh, 0, CountFor(fresh)), Run(pool, used, 0, CountFor(used)));
    }

    [Fact]
    public void Dispose_WhileHolding_ReturnsEverything()
    {
        using CheckingFramePool pool = new();
        IFrameStage<TIn, TOut> stage = CreateStage(pool);
        Queue<TOut> ready = new();
        for (int i = 0; i < CountFor(stage); i++)
            stage.Process(CreateInput(pool, i), ready);
        Drain(ready);
        stage.Dispose();
        stage.Dispose();
    }

    private static int CountFor(IFrameStage<TIn, TOut> stage) => FrameCount + stage.LatencyFrames;

    private static int Drain(Queue<TOut> ready)
    {
        int count = 0;
        for (; ready.TryDequeue(out TOut? frame); count++)
            frame.Dispose();
        return count;
    }

    private List<(FrameTime Time, string Print)> Run(IFramePool pool, IFrameStage<TIn, TOut> stage, long first, int count)
    {
        List<(FrameTime Time, string Print)> results = [];
        Queue<TOut> ready = new();
        for (long i = first; i <= first + count; i++)
        {
            if (i < first + count)
                stage.Process(CreateInput(pool, i), ready);
            else
                stage.Flush(ready);
            while (ready.TryDequeue(out TOut? next))
            {
                using TOut frame = next;
                results.Add((frame.Time, Fingerprint(frame)));
            }
        }

        return results;
    }
}
