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
    private static readonly TimeSpan ScanBudget = TimeSpan.FromSeconds(2);

    /// <summary>From the first look at the input to the last frame; the trial encoding and the sheet take what is left of ten seconds.</summary>
    private static readonly TimeSpan MattingEnd = TimeSpan.FromSeconds(8);

    /// <summary>A network settles within these frames; the plate model must see the scene uncovered (FACTS section 6; its own page).</summary>
    private int RunUp => prepared.Model.Family switch { ModelFamily.Plate => 40, ModelFamily.Given or ModelFamily.Still or ModelFamily.Solver or ModelFamily.Trimap => 1, _ => 10 };

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
        (IReadOnlyList<PreviewTimes.Stretch> stretches, int shots) = await ScanAsync(cancellationToken).ConfigureAwait(false);
        var kept = new List<MattedFrame>();
        try
        {
            (IMattingModel model, _) = await ModelOpener.OpenAsync(prepared, new SideReaders(), pool, time, cancellationToken).ConfigureAwait(false);
            using IMattingModel opened = model;
            var clock = new Stopwatches();
            IReadOnlyList<(PreviewTimes.Stretch In, Rational At)> moments = PreviewTimes.Spread(stretches, count);
            for (int i = 0; i < moments.Count; i++)
            {
                TimeSpan share = (MattingEnd - time.GetElapsedTime(begun)) / (moments.Count - i);
                if (await LookAsync(model, moments[i].In, moments[i].At, share, clock, cancellationToken).ConfigureAwait(false) is { } frame)
                    kept.Add(frame);
            }

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
            (double? seconds, long? bytes) = await PreviewEstimate.OfAsync(prepared, kept, clock.PerFrameInAll, pool, time, cancellationToken).ConfigureAwait(false);
            MattedFrame[] shown = [.. kept];
            kept.Clear();
            await SheetWriter.WriteAsync(prepared, shown, sheet, overwrite, numbered: false, pool, time, cancellationToken).ConfigureAwait(false);
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
            kept.ForEach(f => f.Dispose());
        }
    }

    private static MattedFrame Through(IFrameStage<MattedFrame, MattedFrame> stage, MattedFrame frame)
    {
        stage.Reset();
        var ready = new Queue<MattedFrame>();
        stage.Process(frame, ready);
        return ready.Dequeue();
    }

    /// <summary>Finds the shots as far as the budget goes; what was not seen is one stretch more.</summary>
    private async Task<(IReadOnlyList<PreviewTimes.Stretch> Stretches, int Shots)> ScanAsync(CancellationToken cancellationToken)
    {
        FrameFormat format = prepared.Format;
        (int width, int height) = ShotDetector.ThumbnailSize(format);
        ReaderOptions options = prepared.Reading.Options with { Target = format with { Width = width, Height = height }, Fit = Fit.Stretch };
        using var finder = new ShotStage();
        var ready = new Queue<VideoFrame>();
        Rational last = default, duration = default, origin, beginning;
        bool ended = false;
        long begun = time.GetTimestamp();
        await using (MediaReader reader = await MediaReader.OpenAsync(prepared.Tools, prepared.Source, options, pool, time, cancellationToken).ConfigureAwait(false))
        {
            (origin, beginning) = (reader.Origin, reader.Begin);
            // One frame is read however slow the machine is: without any there is nothing to look at.
            while ((finder.Shots.Count == 0 || time.GetElapsedTime(begun) < ScanBudget) && !ended)
            {
                if (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } frame)
                {
                    ended = true;
                    break;
                }

                (last, duration) = (frame.Time.PresentationTime, frame.Time.Duration);
                finder.Process(frame, ready);
                ready.Dequeue().Dispose();
            }
        }

        // A selection's times count from its first frame; moments are on the source's own clock.
        List<Rational> starts = [.. finder.Shots.Select(s => s.Start.PresentationTime + origin)];
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

    /// <summary>Runs up to a moment and keeps the last frame; null where nothing can be read there.</summary>
    private async Task<MattedFrame?> LookAsync(
        IMattingModel model, PreviewTimes.Stretch stretch, Rational at, TimeSpan budget, Stopwatches clock, CancellationToken cancellationToken)
    {
        Rational rate = prepared.Source.Video.AverageRate ?? new Rational(25);
        // Frames that the budget allows, at the speed seen so far; at least the frame itself and one before it. A short look begins later:
        // it always ends at the moment asked for.
        int most = clock.PerFrame is { } each ? Math.Clamp((int)((budget.TotalSeconds - clock.Opening) / each), 2, RunUp + 1) : RunUp + 1;
        Rational runUp = new Rational(most - 1) / rate, from = at - runUp < stretch.Start ? stretch.Start : at - runUp;
        ReaderOptions options = prepared.Reading.Plain with { Seek = from, FrameLimit = most };
        long opening = time.GetTimestamp();
        await using MediaReader reader = await MediaReader.OpenAsync(prepared.Tools, prepared.Source, options, pool, time, cancellationToken).ConfigureAwait(false);
        model.Reset();
        // Mattes and trimaps of files are no state to run up: they are looked into at the same place.
        using IMattingModel? given = prepared.RunsNoNetwork || prepared.SolvesTrimap
            ? (await ModelOpener.OpenAsync(prepared, new SideReaders(), pool, time, cancellationToken, from).ConfigureAwait(false)).Model
            : null;
        IMattingModel running = given ?? model;
        MattedFrame? last = null;
        var ready = new Queue<MattedFrame>();
        try
        {
            for (int i = 0; i < most && await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } frame; i++)
            {
                if (i == 0)
                    clock.Opening = time.GetElapsedTime(opening).TotalSeconds;
                long begun = time.GetTimestamp();
                running.Process(frame, ready);
                clock.Note(time.GetElapsedTime(begun));
                last?.Dispose();
                last = ready.Dequeue();
                if (last.Time.PresentationTime >= at)
                    break;
            }

            MattedFrame? found = last;
            last = null;
            return found is null ? null : await EdgesAsync(found, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            last?.Dispose();
            throw;
        }
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

    /// <summary>What a frame took, seconds.</summary>
    private sealed class Stopwatches
    {
        private readonly List<double> _seconds = [];
        private readonly List<double> _after = [];
        private bool _warm;

        /// <summary>Median in the model; the first frame, which warms the network up, is left out.</summary>
        public double? PerFrame => _seconds.Count == 0 ? null : Median(_seconds);

        /// <summary>Median in the model and behind it.</summary>
        public double? PerFrameInAll => PerFrame + (_after.Count == 0 ? 0 : Median(_after));

        /// <summary>From the start of the latest decoder to its first frame.</summary>
        public double Opening { get; set; }

        public void Note(TimeSpan took)
        {
            if (_warm)
                _seconds.Add(took.TotalSeconds);
            _warm = true;
        }

        public void NoteAfter(TimeSpan took) => _after.Add(took.TotalSeconds);

        private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
    }
}
