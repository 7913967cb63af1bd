using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Media;
using VideoMatte.Media.Pipes;
using VideoMatte.Models;
using VideoMatte.Temporal;

namespace VideoMatte.Pipelines;

/// <summary>The main job: one input in, files with a true alpha out. Puts the rooms together; owns nothing between calls but its pool.</summary>
/// <param name="models">Where models are found.</param>
/// <param name="pool">Lends the memory of frames.</param>
/// <param name="time">The clock.</param>
/// <param name="environment">Reads an environment variable.</param>
public sealed class MattingService(ModelStore models, IFramePool pool, TimeProvider time, Func<string, string?> environment)
{
    /// <summary>Where <c>-</c> reads and writes; they stay the caller's. Default: nowhere.</summary>
    public StandardStreams Streams { get; init; } = StandardStreams.None;

    /// <summary>Asked for the models that a job needs and this machine may lack, when all that can be checked without them has been; gives the
    /// store they are read from then. Null (the default): nothing is brought. A plan never asks.</summary>
    public Func<MattingJob, CancellationToken, Task<ModelStore>>? BringModels { get; init; }

    /// <summary>What a job would do. Opens no network and writes nothing.</summary>
    /// <exception cref="MatteException">The job cannot be done as asked.</exception>
    public async Task<MattingPlan> PlanAsync(MattingJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        PreparedJob prepared = await PrepareAsync(job, bring: null, cancellationToken).ConfigureAwait(false);
        return PlanReport.Of(prepared);
    }

    /// <summary>Does the job.</summary>
    /// <param name="job">What to do.</param>
    /// <param name="progress">Told of frames done; null: nobody.</param>
    /// <param name="cancellationToken">Stops the work and leaves nothing half-written.</param>
    /// <exception cref="MatteException">It failed; nothing has an output's name.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; likewise.</exception>
    public async Task<MattingResult> RunAsync(MattingJob job, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        long begun = time.GetTimestamp();
        JobRules.CheckTerminal(job, Streams);
        PreparedJob prepared = await PrepareAsync(job, BringModels, cancellationToken).ConfigureAwait(false);
        try
        {
            var tap = job.ContactSheet is null ? null : new ContactSheetTap(job.ContactSheetFrames, prepared.FrameCount, pool);
            RunOutcome outcome = await RunPreparedAsync(prepared, tap, progress, cancellationToken).ConfigureAwait(false);
            if (tap is not null)
                await SheetWriter.WriteAsync(prepared, tap.TakeKept(), job.ContactSheet!, job.Overwrite, numbered: true, pool, time, cancellationToken).ConfigureAwait(false);
            return ResultReport.Of(prepared, outcome.Source, outcome.Pipeline, outcome.Model, time.GetElapsedTime(begun).TotalSeconds, OwnProcess.PeakBytes);
        }
        catch (MatteException error)
        {
            error.Clip ??= job.Input;
            throw;
        }
    }

    /// <summary>A contact sheet and an estimate, in seconds; no clip is written.</summary>
    /// <exception cref="MatteException">The job cannot be done as asked.</exception>
    public async Task<PreviewResult> PreviewAsync(MattingJob job, int frames, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        long begun = time.GetTimestamp();
        JobRules.CheckPreview(job);
        string sheet = PreviewMaker.SheetPath(job);
        // The clip itself is not written: what stands under its name is no hindrance, what stands under the sheet's is.
        PreparedJob prepared = await PrepareAsync(job with { Overwrite = true }, BringModels, cancellationToken).ConfigureAwait(false);
        return await new PreviewMaker(prepared, pool, time).MakeAsync(sheet, job.Overwrite, frames, begun, cancellationToken).ConfigureAwait(false);
    }

    private Task<PreparedJob> PrepareAsync(MattingJob job, Func<MattingJob, CancellationToken, Task<ModelStore>>? bring, CancellationToken cancellationToken) =>
        PreparedJob.PrepareAsync(job, models, bring, environment, Streams, cancellationToken);

    private async Task<RunOutcome> RunPreparedAsync(
        PreparedJob prepared, ContactSheetTap? tap, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        // Whatever fails before the pipeline has taken them over is put away here.
        await using var opened = new OpenedParts();
        var sides = new SideReaders();
        var joined = new SolverProgress(progress, prepared.FrameCount, time, cancellationToken);
        (IMattingModel model, IReadOnlyList<MatteWarning> noticed) =
            await ModelOpener.OpenAsync(prepared, sides, pool, time, cancellationToken, joined.Report).ConfigureAwait(false);
        opened.Add(model);
        OpenedSource source = await OpenedSource.OpenAsync(prepared, pool, time, cancellationToken).ConfigureAwait(false);
        IFrameReader reader = opened.Add(source.Reader);
        OutputSpec[] outputs = [.. prepared.Outputs.Select(o => o with { Timing = source.Timing, Pipe = o.IsPipe ? Streams.Output : null })];
        var options = new PipelineOptions
        {
            TotalFrames = prepared.FrameCount,
            ExtraPictures = prepared.ExtraPictures,
            OtherBytes = WorkingMemory.BytesOf(prepared),
        };
        IShotStage? shots = ShotFinding.Stage(prepared, source.Decoder);
        List<IFrameStage<VideoFrame, VideoFrame>> before = shots is null ? [] : [opened.Add(shots)];
        List<IFrameStage<MattedFrame, MattedFrame>> after = await StagesAsync(prepared, sides, tap, opened, cancellationToken).ConfigureAwait(false);
        IFrameWriter writer = opened.Add(await MediaWriter.OpenAsync(
            prepared.Tools, prepared.Source, prepared.PictureFormat, reader.TimeBase, outputs, time, cancellationToken).ConfigureAwait(false));
        opened.HandOver();
        PipelineResult result = await new MattingPipeline(time)
            .RunAsync(reader, before, model, after, writer, options, progress is null ? null : joined, cancellationToken).ConfigureAwait(false);
        return new RunOutcome(
            result with
            {
                Shots = ShotFinding.Named(result.Shots, shots),
                Warnings = [.. noticed, .. result.Warnings, .. sides.Notice(), .. source.Notice(prepared), .. ShotFinding.Notice(prepared, shots)],
            },
            model,
            source);
    }

    private async Task<List<IFrameStage<MattedFrame, MattedFrame>>> StagesAsync(
        PreparedJob prepared, SideReaders sides, ContactSheetTap? tap, OpenedParts opened, CancellationToken cancellationToken)
    {
        var stages = new List<IFrameStage<MattedFrame, MattedFrame>>();
        if (SmoothingRules.Open(prepared) is { } smoother)
            stages.Add(opened.Add(smoother));
        stages.AddRange(await new MatteFeedOpener(prepared, sides, pool, time).StagesAsync(opened, cancellationToken).ConfigureAwait(false));
        foreach (MattedStage stage in ForegroundRules.Stages(prepared, pool))
            stages.Add(opened.Add(stage));
        if (prepared.Composites)
        {
            IBackgroundSource source = await BackgroundOpener.OpenAsync(prepared, sides, pool, time, cancellationToken).ConfigureAwait(false);
            stages.Add(opened.Add(new CompositeStage(source, pool)));
        }

        if (prepared.Premultiplies)
            stages.Add(opened.Add(new PremultiplyStage(pool)));
        if (tap is not null)
            stages.Add(tap);
        return stages;
    }

    private sealed record RunOutcome(PipelineResult Pipeline, IMattingModel Model, OpenedSource Source);
}
