using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Media;
using VideoMatte.Models;
using VideoMatte.Temporal;

namespace VideoMatte.Pipelines;

/// <summary>Looks at a few moments of a clip, each after a short run-up so that the recurrent state is settled, and estimates the rest.
/// All of it together has ten seconds: a slow machine gets a shorter run-up, not a longer wait.</summary>
internal sealed class PreviewMaker(PreparedJob prepared, IFramePool pool, TimeProvider time)
{
    private static readonly TimeSpan ScanBudget = TimeSpan.FromSeconds(1.2);

    /// <summary>From the first look at the input to the last frame; the trial encoding and the sheet take what is left of ten seconds.</summary>
    private static readonly TimeSpan MattingEnd = TimeSpan.FromSeconds(6);

    /// <summary>A network settles within these frames; the plate model must see the scene uncovered (FACTS section 6; its own page).</summary>
    private int RunUp => prepared.Model.Family switch { ModelFamily.Plate => 40, ModelFamily.Given or ModelFamily.Still or ModelFamily.Solver or ModelFamily.Trimap or ModelFamily.Prompt => 1, _ => 10 };

    public static string SheetPath(MattingJob job)
    {
        if (job.Output is null)
            return InputName.Of(job.Input) + "-preview.png";
        return job.Output.EndsWith(".png", StringComparison.OrdinalIgnoreCase)
            ? job.Output
            : Path.ChangeExtension(job.Output, null) + "-preview.png";
    }

    public async Task<PreviewResult> MakeAsync(string sheet, bool overwrite, int count, long begun, CancellationToken cancellationToken)
    {
        var clock = new PreviewClock(begun, MattingEnd, time);
        (IReadOnlyList<PreviewTimes.Stretch> stretches, int shots) = await ScanAsync(clock, cancellationToken).ConfigureAwait(false);
        var kept = new List<MattedFrame>();
        var found = new SortedList<int, MattedFrame>();
        try
        {
            // A look has a run-up of its own, and is at the frame that comes last: there is none behind it to be held back for.
            PreparedJob cold = prepared with { Job = prepared.Job with { Warmup = 0 } };
            (IMattingModel model, _) = await ModelOpener.OpenAsync(cold, new SideReaders(), pool, time, cancellationToken).ConfigureAwait(false);
            using IMattingModel opened = model;
            await LookAsync(model, PreviewTimes.Spread(stretches, count), clock, found, cancellationToken).ConfigureAwait(false);
            kept.AddRange(found.Values);
            found.Clear();
            if (kept.Count == 0)
                throw new MatteException(ErrorKind.Input, "no-frames", $"'{prepared.Job.Input}' gave no frame to look at; try the whole job.");
            foreach (MattedStage stage in ForegroundRules.Stages(prepared, pool))
            {
                using MattedStage painter = stage;
                // A look at each moment is a shot of its own.
                for (int i = 0; i < kept.Count; i++)
                {
                    // A stage takes its frame over also when it fails: out of the list first.
                    MattedFrame moved = kept[i];
                    kept.RemoveAt(i);
                    long begunPainting = time.GetTimestamp();
                    kept.Insert(i, Through(painter, moved));
                    clock.NoteAfter(time.GetElapsedTime(begunPainting));
                }
            }

            double[] times = [.. kept.Select(f => Math.Round(f.Time.PresentationTime.ToDouble(), 3))];
            Task<(double?, long?)> estimating = PreviewEstimate.OfAsync(prepared, kept, clock.PerFrameInAll, pool, time, cancellationToken);
            MattedFrame[] shown = [.. kept];
            kept.Clear();
            Task drawing = SheetWriter.WriteAsync(prepared, shown, sheet, overwrite, numbered: false, pool, time, cancellationToken);
            await Task.WhenAll(drawing, estimating).ConfigureAwait(false);
            (double? seconds, long? bytes) = await estimating.ConfigureAwait(false);
            if (clock.PerFrame is { } each)
                seconds += Math.Round(each * prepared.Warmup * shots, 1);
            return new PreviewResult
            {
                Input = prepared.Job.Input,
                Sheet = sheet,
                Times = times,
                Shots = shots,
                Model = PlanReport.ModelOf(prepared.Model),
                Provider = model.Info.Provider,
                DownsampleRatio = model.Info.DownsampleRatio,
                EstimatedSeconds = seconds,
                EstimatedBytes = bytes,
                Seconds = Math.Round(time.GetElapsedTime(begun).TotalSeconds, 2),
            };
        }
        finally
        {
            foreach (MattedFrame frame in found.Values.Concat(kept))
                frame.Dispose();
        }
    }

    private static MattedFrame Through(IFrameStage<MattedFrame, MattedFrame> stage, MattedFrame frame)
    {
        stage.Reset();
        var ready = new Queue<MattedFrame>();
        stage.Process(frame, ready);
        return ready.Dequeue();
    }

    private static void Drop(Queue<VideoFrame> frames)
    {
        while (frames.TryDequeue(out VideoFrame? frame))
            frame.Dispose();
    }

    /// <summary>Finds the shots as far as the budget goes; what was not seen is one stretch more.</summary>
    private async Task<(IReadOnlyList<PreviewTimes.Stretch> Stretches, int Shots)> ScanAsync(PreviewClock clock, CancellationToken cancellationToken)
    {
        FrameFormat format = prepared.Format;
        (int width, int height) = ShotDetector.ThumbnailSize(format);
        ReaderOptions options = prepared.Reading.Options with { Target = format with { Width = width, Height = height }, Fit = Fit.Stretch };
        var ready = new Queue<VideoFrame>();
        IReadOnlyList<Shot> shots;
        Rational last = default, duration = default, origin, beginning;
        bool ended = false;
        int seen = 0;
        long begun = time.GetTimestamp();
        await using (MediaReader reader = await MediaReader.OpenAsync(prepared.Tools, prepared.Source, options, pool, time, cancellationToken).ConfigureAwait(false))
        {
            (origin, beginning) = (reader.Origin, reader.Begin);
            using IShotStage finder = ShotFinding.Stage(prepared, reader) ?? new ShotStage();
            // One frame is read however slow the machine is: without any there is nothing to look at.
            while ((seen == 0 || time.GetElapsedTime(begun) < ScanBudget) && !ended)
            {
                if (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } frame)
                {
                    ended = true;
                    break;
                }

                (last, duration) = (frame.Time.PresentationTime, frame.Time.Duration);
                finder.Process(frame, ready);
                Drop(ready);
                seen++;
            }

            finder.Flush(ready);
            Drop(ready);
            shots = finder.Shots;
        }

        clock.PerDecodedFrame = time.GetElapsedTime(begun).TotalSeconds / Math.Max(1, seen);
        // A selection's times count from its first frame; moments are on the source's own clock.
        List<Rational> starts = [.. shots.Select(s => s.Start.PresentationTime + origin)];
        Rational end = last + duration + origin;
        var stretches = starts.Select((s, i) => new PreviewTimes.Stretch(s, i + 1 < starts.Count ? starts[i + 1] : end)).ToList();
        if (!ended && starts.Count > 0 && WholeEnd(starts[0], beginning) is { } until && until > end)
            stretches.Add(new(end, until));
        return (stretches, starts.Count);
    }

    /// <summary>Where the clip, or the part of it that is asked for, ends on the source's own clock; null where nobody knows.</summary>
    private Rational? WholeEnd(Rational first, Rational begin)
    {
        FrameSelection? selection = prepared.Reading.Options.Selection;
        Rational? end = (prepared.Source.Video.Duration ?? prepared.Source.Duration) is { } whole ? (selection is null ? first : begin) + whole : null;
        if (selection?.End is { } asked && !(end < begin + asked))
            end = begin + asked;
        if (selection?.Frames is { } frames && prepared.Source.Video.AverageRate is { } rate && !(end < first + (new Rational(frames) / rate)))
            end = first + (new Rational(frames) / rate);
        return end;
    }

    /// <summary>Runs up to every moment and keeps the frame there; a moment where nothing can be read has none.</summary>
    /// <param name="found">Gets the frames, by moment.</param>
    private async Task LookAsync(
        IMattingModel model, IReadOnlyList<(PreviewTimes.Stretch In, Rational At)> moments, PreviewClock clock, SortedList<int, MattedFrame> found,
        CancellationToken cancellationToken)
    {
        await using var looks = new PreviewLooks(prepared, moments, RunUp + 1, clock, pool, time, cancellationToken);
        var ready = new Queue<MattedFrame>();
        // Mattes and trimaps of files are no state to run up: they are looked into at the same place.
        bool opensForEach = prepared.RunsNoNetwork || prepared.SolvesTrimap;
        IMattingModel running = model;
        int look = -1;
        try
        {
            while (await looks.ReadAsync(cancellationToken).ConfigureAwait(false) is { } next)
            {
                using PreviewFrame frame = next;
                if (frame.Look != look)
                {
                    look = frame.Look;
                    model.Reset();
                    if (opensForEach)
                    {
                        if (running != model)
                            running.Dispose();
                        running = model;
                        (running, _) = await ModelOpener.OpenAsync(prepared, new SideReaders(), pool, time, cancellationToken, frame.Start).ConfigureAwait(false);
                    }
                }

                long begun = time.GetTimestamp();
                running.Process(frame.Take(), ready);
                clock.NoteModel(time.GetElapsedTime(begun));
                MattedFrame matted = ready.Dequeue();
                if (frame.IsLast)
                    Keep(found, frame.Moment, await EdgesAsync(matted, cancellationToken).ConfigureAwait(false));
                else
                    matted.Dispose();
            }
        }
        finally
        {
            if (running != model)
                running.Dispose();
        }
    }

    private static void Keep(SortedList<int, MattedFrame> found, int moment, MattedFrame frame)
    {
        if (found.Remove(moment, out MattedFrame? before))
            before.Dispose();
        found.Add(moment, frame);
    }

    /// <summary>What is done to the matte between model and foreground, for one frame.</summary>
    /// <param name="frame">Moves in.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    private async Task<MattedFrame> EdgesAsync(MattedFrame frame, CancellationToken cancellationToken)
    {
        await using var opened = new OpenedParts();
        MattedFrame? inHand = frame;
        try
        {
            var opener = new MatteFeedOpener(prepared, new SideReaders(), pool, time, frame.Time.PresentationTime);
            foreach (IFrameStage<MattedFrame, MattedFrame> stage in await opener.StagesAsync(opened, cancellationToken).ConfigureAwait(false))
            {
                MattedFrame moved = inHand!;
                inHand = null;
                inHand = Through(stage, moved);
            }

            return inHand!;
        }
        catch
        {
            inHand?.Dispose();
            throw;
        }
    }
}
