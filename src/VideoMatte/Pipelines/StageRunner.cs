using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Matting;

namespace VideoMatte.Pipelines;

/// <summary>Takes frames from a queue through a stage into the next queue, on a thread of the stage's own, and holds the stage to its
/// contract: every frame out once and in order, no more held back than it said, nothing held across a shot.</summary>
/// <param name="stage">Borrowed: the pipeline disposes it.</param>
/// <param name="seen">Told of every frame before the stage sees it; it must not keep it.</param>
internal sealed class StageRunner<TIn, TOut>(
    IFrameStage<TIn, TOut> stage, FrameQueue<TIn> input, FrameQueue<TOut> output, TimeProvider time, Action<TIn>? seen = null)
    : Runner(stage.Name, time)
    where TIn : class, IFrameCarrier
    where TOut : class, IFrameCarrier
{
    private readonly Queue<TOut> _ready = new();
    private long _first;
    private long _taken;

    private long Held => _taken - Frames - _ready.Count;

    protected override async Task PumpAsync(CancellationToken stop)
    {
        using StageThread thread = new(Name, yields: stage is not IMattingModel);
        using CancellationTokenRegistration calledOff = stop.UnsafeRegister(static s => (s as IInterruptible)?.Interrupt(), stage);
        await thread.RunAsync(() => WorkAsync(stop));
    }

    protected override void Close(Exception? error)
    {
        if (error is null)
        {
            output.Complete();
            return;
        }

        while (_ready.TryDequeue(out TOut? frame))
            frame.Dispose();
        input.Fault(error);
        output.Fault(error);
    }

    // Awaits here stay on the stage's thread: no ConfigureAwait(false).
    private async Task WorkAsync(CancellationToken stop)
    {
        while (await input.ReadAsync(stop) is { } frame)
        {
            if (_taken == 0)
                _first = frame.Time.Index;
            InHand = frame.Time.Index;
            if (frame.StartsShot)
                await StartShotAsync(frame, stop);
            Take(frame);
            InHand = frame.Time.Index;
            if (Held > stage.LatencyFrames)
                throw Broken($"holds {Held} frames back and announced {stage.LatencyFrames}");
            await GiveAsync(stop);
        }

        InHand = null;
        Timed(() => stage.Flush(_ready));
        await GiveAsync(stop);
        RequireNothingHeld();
    }

    /// <summary>The driver's duty at a cut: what belongs to the shot before leaves first, then the stage forgets it.</summary>
    private async Task StartShotAsync(TIn frame, CancellationToken stop)
    {
        bool begun = false;
        try
        {
            Timed(() => stage.Flush(_ready));
            await GiveAsync(stop);
            RequireNothingHeld();
            Timed(stage.Reset);
            begun = true;
        }
        finally
        {
            if (!begun)
                frame.Dispose();
        }
    }

    private void Take(TIn frame)
    {
        long begun = Begin();
        try
        {
            seen?.Invoke(frame);
            _taken++;
            stage.Process(frame, _ready);
        }
        finally
        {
            End(begun);
        }
    }

    private void Timed(Action step)
    {
        long begun = Begin();
        try
        {
            step();
        }
        finally
        {
            End(begun);
        }
    }

    private async ValueTask GiveAsync(CancellationToken stop)
    {
        while (_ready.TryPeek(out TOut? frame))
        {
            long due = _first + Frames;
            if (frame.Time.Index != due)
                throw Broken($"gave frame {frame.Time.Index} where {due} was due");
            if (Frames == _taken)
                throw Broken($"gave more frames than it took");
            _ready.Dequeue();
            await output.WriteAsync(frame, stop);
            Frames++;
        }
    }

    private void RequireNothingHeld()
    {
        if (Frames != _taken)
            throw Broken($"took {_taken} frames and gave {Frames}");
    }

    private static InvalidOperationException Broken(FormattableString what) =>
        new("the stage " + what.ToString(CultureInfo.InvariantCulture));
}
