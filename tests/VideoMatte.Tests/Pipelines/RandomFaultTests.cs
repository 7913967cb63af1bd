using System.Collections.Concurrent;
using VideoMatte.Frames;
using VideoMatte.Pipelines;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Pipelines;

/// <summary>Two thousand runs with faults, cancellation and delays drawn from a seed: the one blamed has really failed, nothing is lent, all
/// is disposed once, and there is output exactly where the run succeeded.</summary>
public sealed class RandomFaultTests
{
    private const int Runs = 2000;
    private const int Groups = 4;
    private const int RunTimeoutSeconds = 20;

    /// <summary>Share of runs with each kind of fault; a few runs stay whole, many have several.</summary>
    private const double FaultShare = 0.12;

    [Theory(Timeout = 180_000)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Run_RandomFaults_EndsInOrder(int group)
    {
        int whole = 0, failed = 0, stopped = 0;
        for (int seed = group; seed < Runs; seed += Groups)
        {
            try
            {
                switch (await RunAsync(new Random(seed)).WaitAsync(TimeSpan.FromSeconds(RunTimeoutSeconds)))
                {
                    case null:
                        whole++;
                        break;
                    case MatteException:
                        failed++;
                        break;
                    default:
                        stopped++;
                        break;
                }
            }
            catch (Exception error)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"seed {seed}: {error.Message}"), error);
            }
        }

        // The draw must reach every outcome, else the figures above prove nothing.
        Assert.InRange(whole, 20, Runs);
        Assert.InRange(failed, 100, Runs);
        Assert.InRange(stopped, 20, Runs);
    }

    private static async Task<Exception?> RunAsync(Random random)
    {
        ConcurrentBag<string> fired = [], suspects = [];
        int frames = random.Next(12);
        using PipelineFixture line = new(frames);
        int cancelPoint = random.NextDouble() < 0.2 ? random.Next(60) : -1, points = 0;

        // Every hook of every station passes here: a stop is asked for at one point of the whole run's order, whatever that turns out to be.
        void Pass()
        {
            if (Interlocked.Increment(ref points) == cancelPoint)
                line.Asked.Cancel();
        }

        bool Draw() => random.NextDouble() < FaultShare;
        long? DrawFrame() => Draw() ? random.Next(frames + 1) : null;
        Func<Exception> Fire(string name, Func<Exception> make) => () =>
        {
            fired.Add(name);
            return make();
        };
        Func<Exception> StageFault(string name) => Fire(name, () => new ArithmeticException("drawn"));
        Action Pause(int seed)
        {
            Random own = new(seed);
            return () =>
            {
                Pass();
                if (own.Next(3) == 0)
                    Thread.Yield();
            };
        }

        async ValueTask YieldAsync(Random own)
        {
            Pass();
            if (own.Next(2) == 0)
                await Task.Yield();
        }

        int Lose(string name, int latency)
        {
            if (latency == 0 || !Draw())
                return 0;
            suspects.Add(name);
            return 1;
        }

        Random reading = new(random.Next()), writing = new(random.Next());
        int[] latencies = [random.Next(4), random.Next(3), random.Next(4)];
        Action[] pauses = [Pause(random.Next()), Pause(random.Next()), Pause(random.Next())];
        HashSet<long> cuts = [.. Enumerable.Range(0, random.Next(3)).Select(_ => (long)random.Next(frames + 1))];
        line.Options = new PipelineOptions { QueueCapacity = 1 + random.Next(3), ExtraPictures = 0 };
        line.Reader = new FakeFrameReader(line.Pool, PipelineFixture.SmallFormat, frames)
        {
            FaultAt = DrawFrame(),
            Fault = Fire("reader", () => new MatteException(ErrorKind.Input, "decoder-failed", "drawn")),
            OnRead = (_, _) => YieldAsync(reading),
            ShotStarts = cuts,
        };
        line.Before = new FakeStage<VideoFrame>("shots", latencies[0])
        {
            FaultOnProcess = DrawFrame(),
            FaultOnFlush = Draw(),
            FaultOnReset = Draw(),
            Fault = StageFault("shots"),
            Loses = Lose("shots", latencies[0]),
            OnProcess = _ => pauses[0](),
            OnFlush = pauses[0],
        };
        line.Model = new FakeMattingModel(line.Pool, latencies[1])
        {
            FaultOnProcess = DrawFrame(),
            FaultOnFlush = Draw(),
            FaultOnReset = Draw(),
            Fault = StageFault("matting"),
            Loses = Lose("matting", latencies[1]),
            OnProcess = _ => pauses[1](),
            OnFlush = pauses[1],
        };
        line.After = new FakeStage<MattedFrame>("smoothing", latencies[2])
        {
            FaultOnProcess = DrawFrame(),
            FaultOnFlush = Draw(),
            FaultOnReset = Draw(),
            Fault = StageFault("smoothing"),
            Loses = Lose("smoothing", latencies[2]),
            OnProcess = _ => pauses[2](),
            OnFlush = pauses[2],
        };
        line.Writer = new FakeFrameWriter
        {
            FaultOnWrite = DrawFrame(),
            FaultOnCommit = Draw(),
            FaultOnAbort = Draw(),
            Fault = Fire("writer", () => new MatteException(ErrorKind.Output, "encoder-failed", "drawn")),
            OnWrite = (_, _) => YieldAsync(writing),
            OnCommit = _ => YieldAsync(writing),
        };
        if (frames == 0)
            suspects.Add("reader");

        Exception? error = await Record.ExceptionAsync(line.RunAsync);
        line.VerifyEnded(committed: error is null);
        Judge(line, error, fired, suspects);
        return error;
    }

    private static void Judge(PipelineFixture line, Exception? error, ConcurrentBag<string> fired, ConcurrentBag<string> suspects)
    {
        switch (error)
        {
            case null:
                Assert.Empty(fired);
                Assert.Equal(Enumerable.Range(0, (int)line.Frames).Select(i => (long)i), line.Writer.Times.Select(t => t.Index));
                break;
            case MatteException failure:
                Assert.Contains(failure.Stage, fired.Concat(suspects));
                Assert.Equal(failure.Stage is "reader" or "writer", failure.Kind != ErrorKind.Defect);
                break;
            case OperationCanceledException:
                Assert.True(line.Asked.IsCancellationRequested, "a cancellation nobody asked for");
                break;
            default:
                Assert.Fail(error.ToString());
                break;
        }
    }
}
