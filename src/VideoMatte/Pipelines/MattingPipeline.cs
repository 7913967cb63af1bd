using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>Runs a line: reader, stages on the picture, matting model, stages on the matted frame, writer, each at its own pace with a
/// bounded queue between neighbours. Order never changes and no frame is lost.</summary>
/// <remarks>Failure: the first station to fault owns the error; upstream is cancelled, downstream aborted rather than finished, frames in
/// flight are disposed, the writer is aborted, reader and stages are disposed, and only then does the fault reach the caller. A cancelled
/// run takes the same road.</remarks>
public sealed class MattingPipeline(TimeProvider time)
{
    private readonly TimeProvider _time = time ?? throw new ArgumentNullException(nameof(time));

    /// <summary>Runs the line to its end. Takes reader, stages, model and writer over: all are disposed, once, when the call ends, however
    /// it ends (only an <see cref="ArgumentException"/> leaves them with the caller).</summary>
    /// <param name="reader">Opened, not read from.</param>
    /// <param name="before">Stages on the picture, in order; the one that finds shots is among them.</param>
    /// <param name="model">Makes the mattes.</param>
    /// <param name="after">Stages on the matted frame, in order.</param>
    /// <param name="writer">Opened, not written to; committed at the end, aborted otherwise.</param>
    /// <param name="options">Validated here.</param>
    /// <param name="progress">Told at most ten times a second, from the writer's task; null: nobody is told.</param>
    /// <param name="cancellationToken">Stops the run and leaves no output.</param>
    /// <exception cref="MatteException">With <see cref="MatteException.Stage"/> set and, where a frame was in hand, its index.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the output had its name.</exception>
    public Task<PipelineResult> RunAsync(
        IFrameReader reader,
        IReadOnlyList<IFrameStage<VideoFrame, VideoFrame>> before,
        IMattingModel model,
        IReadOnlyList<IFrameStage<MattedFrame, MattedFrame>> after,
        IFrameWriter writer,
        PipelineOptions options,
        IProgress<PipelineProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ProgressMeter meter = new(progress, options.TotalFrames, _time);
        return RunAsync(new Line(reader, before, model, after, writer), options, meter, cancellationToken);
    }

    private async Task<PipelineResult> RunAsync(Line line, PipelineOptions options, ProgressMeter meter, CancellationToken cancellationToken)
    {
        long begun = _time.GetTimestamp();
        using FaultSlot faults = new(cancellationToken);
        PipelineResult? result = null;
        long bound = await CheckMemoryAsync(line, options, faults).ConfigureAwait(false);
        if (!faults.Stop.IsCancellationRequested)
        {
            Wiring wiring = Wire(line, options.QueueCapacity, meter);
            await Task.WhenAll(wiring.Runners.Select(r => Task.Run(() => r.RunAsync(faults), CancellationToken.None))).ConfigureAwait(false);
            foreach (IDisposable queue in wiring.Queues)
                queue.Dispose();
            // Files are set by the commit, the very last thing a line does: nothing can have failed after it.
            if (wiring.Writer.Files is { } files)
                result = Report(line, wiring, files, bound, _time.GetTimestamp() - begun);
        }

        await EndAsync(line, aborted: result is null, faults).ConfigureAwait(false);
        if (result is null)
            faults.ThrowIfAny();
        IEnumerable<MatteWarning> untidy = faults.Notes.Select(n => new MatteWarning("cleanup-failed", "the output is whole, but " + n));
        return result! with { Warnings = [.. result.Warnings, .. untidy] };
    }

    private static async Task<long> CheckMemoryAsync(Line line, PipelineOptions options, FaultSlot faults)
    {
        try
        {
            FrameFormat format = line.Reader.Format;
            long bound = MemoryBound.Compute(format, options.QueueCapacity, line.Latencies, options.ExtraPictures) + options.OtherBytes;
            if (options.MemoryLimitBytes is { } limit)
                MachineMemory.RequireWithin(format, bound, limit);
            else
                MachineMemory.Require(format, bound, MachineMemory.TotalBytes);
            return bound;
        }
        catch (Exception error)
        {
            await faults.RaiseAsync(ReaderRunner.ReaderName, frame: null, error).ConfigureAwait(false);
            return 0;
        }
    }

    private Wiring Wire(Line line, int capacity, ProgressMeter meter)
    {
        List<Runner> runners = [];
        List<IDisposable> queues = [];
        List<PipelineShot> shots = [];

        FrameQueue<T> Queue<T>()
            where T : class, IDisposable
        {
            FrameQueue<T> queue = new(capacity, DeliveryPolicy.Wait);
            queues.Add(queue);
            return queue;
        }

        void NoteShot(VideoFrame frame)
        {
            if (shots.Count == 0)
                shots.Add(new PipelineShot(frame.Time.Index, PipelineShot.First) { Time = frame.Time.PresentationTime });
            else if (frame.StartsShot)
                shots.Add(new PipelineShot(frame.Time.Index, PipelineShot.Cut) { Time = frame.Time.PresentationTime });
        }

        FrameQueue<VideoFrame> pictures = Queue<VideoFrame>();
        ReaderRunner reader = new(line.Reader, pictures, _time);
        runners.Add(reader);
        foreach (IFrameStage<VideoFrame, VideoFrame> stage in line.Before)
        {
            FrameQueue<VideoFrame> next = Queue<VideoFrame>();
            runners.Add(new StageRunner<VideoFrame, VideoFrame>(stage, pictures, next, _time));
            pictures = next;
        }

        FrameQueue<MattedFrame> matted = Queue<MattedFrame>();
        runners.Add(new StageRunner<VideoFrame, MattedFrame>(line.Model, pictures, matted, _time, NoteShot));
        foreach (IFrameStage<MattedFrame, MattedFrame> stage in line.After)
        {
            FrameQueue<MattedFrame> next = Queue<MattedFrame>();
            runners.Add(new StageRunner<MattedFrame, MattedFrame>(stage, matted, next, _time));
            matted = next;
        }

        WriterRunner writer = new(line.Writer, matted, () => reader.Frames, meter, _time);
        runners.Add(writer);
        return new Wiring(runners, queues, shots, writer);
    }

    private PipelineResult Report(Line line, Wiring wiring, IReadOnlyList<WrittenFile> files, long bound, long ticks) => new(
        wiring.Runners[0].Frames,
        wiring.Writer.Frames,
        wiring.Shots,
        [.. wiring.Runners.Select(r => new StageReport(r.Name, r.BusyShare(ticks), r.Frames))],
        bound,
        (double)ticks / _time.TimestampFrequency,
        files,
        [.. line.Reader.Warnings, .. line.Model.Warnings, .. files.SelectMany(f => f.Warnings)]);

    /// <summary>Every step is taken, whatever the one before it threw.</summary>
    private static async Task EndAsync(Line line, bool aborted, FaultSlot faults)
    {
        if (aborted)
            await faults.GuardAsync("aborting the writer", line.Writer.AbortAsync).ConfigureAwait(false);
        foreach (IDisposable stage in line.Stages)
        {
            await faults.GuardAsync("disposing a stage", () =>
            {
                stage.Dispose();
                return ValueTask.CompletedTask;
            }).ConfigureAwait(false);
        }

        await faults.GuardAsync("disposing the reader", line.Reader.DisposeAsync).ConfigureAwait(false);
        await faults.GuardAsync("disposing the writer", line.Writer.DisposeAsync).ConfigureAwait(false);
    }

    private sealed record Line(
        IFrameReader Reader,
        IReadOnlyList<IFrameStage<VideoFrame, VideoFrame>> Before,
        IMattingModel Model,
        IReadOnlyList<IFrameStage<MattedFrame, MattedFrame>> After,
        IFrameWriter Writer)
    {
        public IEnumerable<IDisposable> Stages => [.. Before, Model, .. After];

        public IEnumerable<int> Latencies => [.. Before.Select(s => s.LatencyFrames), Model.LatencyFrames, .. After.Select(s => s.LatencyFrames)];
    }

    private sealed record Wiring(
        IReadOnlyList<Runner> Runners, IReadOnlyList<IDisposable> Queues, IReadOnlyList<PipelineShot> Shots, WriterRunner Writer);
}
