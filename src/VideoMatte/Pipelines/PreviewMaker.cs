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
            (IMattingModel model, IReadOnlyList<MatteWarning> noticed) = await ModelOpener.OpenAsync(cold, new SideReaders(), pool, time, cancellationToken).ConfigureAwait(false);
            using IMattingModel opened = model;
            var looking = new PreviewLooking(prepared, stretches, shots, pool, time);
            await looking.RunAsync(model, Moments(stretches, count), clock, found, cancellationToken).ConfigureAwait(false);
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
                    kept.Insert(i, PreviewLooking.Through(painter, moved));
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
                Warnings = [.. prepared.Warnings.Concat(noticed).Concat(looking.Notes).Select(w => new MattingResult.Warning(w.Code, w.Message, w.Frame))],
                Seconds = Math.Round(time.GetElapsedTime(begun).TotalSeconds, 2),
            };
        }
        finally
        {
            foreach (MattedFrame frame in found.Values.Concat(kept))
                frame.Dispose();
        }
    }

    /// <summary>A trimap of the first frame is known nowhere else.</summary>
    private IReadOnlyList<(PreviewTimes.Stretch In, Rational At)> Moments(IReadOnlyList<PreviewTimes.Stretch> stretches, int count) =>
        prepared.CarriesTrimap && stretches.Count > 0 ? [(stretches[0], stretches[0].Start)] : PreviewTimes.Spread(stretches, count);

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
}
