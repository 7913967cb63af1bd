using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Matting.Subject;
using VideoMatte.Models;

namespace VideoMatte.Pipelines;

/// <summary>Mattes the looks of a preview: runs up to every moment, as the job would come to it, and keeps the frame there.</summary>
/// <param name="prepared">The job.</param>
/// <param name="stretches">The shots that were seen, then what was not looked through for shots.</param>
/// <param name="shots">How many of them are shots.</param>
internal sealed class PreviewLooking(PreparedJob prepared, IReadOnlyList<PreviewTimes.Stretch> stretches, int shots, IFramePool pool, TimeProvider time)
{
    private readonly PreviewNotes _notes = new(prepared.Fallback);

    /// <summary>A network settles within these frames, and a fallback is judged; the plate model must see the scene uncovered (FACTS section
    /// 6; its own page).</summary>
    private int RunUp => prepared.Model.Family switch { ModelFamily.Plate => 40, ModelFamily.Given or ModelFamily.Still or ModelFamily.Solver or ModelFamily.Trimap or ModelFamily.Prompt => 1, _ => 10 };

    /// <summary>What the model said of the looks, and where they cannot show what the job will make.</summary>
    public IEnumerable<MatteWarning> Notes => !prepared.CarriesTrimap ? _notes.All :
        [.. _notes.All, new MatteWarning("preview-trimap", "Only the first frame is shown, which the trimap is of: the job carries it along the motion from there.")];

    /// <summary>A moment where nothing can be read has no frame.</summary>
    /// <param name="model">Borrowed.</param>
    /// <param name="moments">To look at.</param>
    /// <param name="clock">Says how long a look may be.</param>
    /// <param name="found">Gets the frames, by moment.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task RunAsync(
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
                        (running, _) = await ModelOpener.OpenAsync(prepared, new SideReaders(), pool, time, cancellationToken, seek: frame.Start).ConfigureAwait(false);
                    }

                    _notes.Begin(frame.Moment, running);
                    Point(running, moments[frame.Moment], frame);
                }

                _notes.Count();
                long begun = time.GetTimestamp();
                running.Process(frame.Take(), ready);
                if (frame.IsLast)
                    running.Flush(ready);
                clock.NoteModel(time.GetElapsedTime(begun));
                await KeepLastAsync(frame, ready, running, found, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            while (ready.TryDequeue(out MattedFrame? left))
                left.Dispose();
            if (running != model)
                running.Dispose();
        }
    }

    /// <summary>A frame through a stage that has seen none before.</summary>
    /// <param name="stage">Borrowed.</param>
    /// <param name="frame">Moves in.</param>
    public static MattedFrame Through(IFrameStage<MattedFrame, MattedFrame> stage, MattedFrame frame)
    {
        stage.Reset();
        var ready = new Queue<MattedFrame>();
        stage.Process(frame, ready);
        return ready.Dequeue();
    }

    /// <summary>Whom the job would know at the moment: those pointed at in the same shot before it.</summary>
    private void Point(IMattingModel model, (PreviewTimes.Stretch In, Rational At) moment, PreviewFrame first)
    {
        if (prepared.Subjects.Count == 0 || model is not IPointable pointable)
            return;
        Rational begin = stretches[0].Start;
        Rational shot = prepared.Job.Shots ? stretches.Take(shots).Last(s => !(moment.In.Start < s.Start)).Start : begin;
        SubjectPrompt[] due = [.. prepared.Subjects.Where(p => !(begin + p.At < shot) && !(moment.At < begin + p.At))];
        pointable.PointAt(due, begin);
        if (due.Any(p => begin + p.At < first.Start))
            _notes.Add("preview-subject", "--subject takes whoever is at that place here; the job follows the subject from the prompt's own time on.");
    }

    private async Task KeepLastAsync(
        PreviewFrame frame, Queue<MattedFrame> ready, IMattingModel model, SortedList<int, MattedFrame> found, CancellationToken cancellationToken)
    {
        while (ready.TryDequeue(out MattedFrame? matted))
        {
            // What the model held back comes with the look's end; the look is at its last frame.
            if (!frame.IsLast || ready.Count > 0)
            {
                matted.Dispose();
                continue;
            }

            _notes.End(model, matted.Time);
            MattedFrame kept = await EdgesAsync(matted, cancellationToken).ConfigureAwait(false);
            if (found.Remove(frame.Moment, out MattedFrame? before))
                before.Dispose();
            found.Add(frame.Moment, kept);
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
}
