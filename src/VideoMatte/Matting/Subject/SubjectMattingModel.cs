using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Matting.Subject;

/// <summary>Any model's matte with only the subjects in it that were pointed at. Until the first prompt's time, and after a cut until the next
/// prompt, the matte stays whole.</summary>
public sealed class SubjectMattingModel : WrappedMattingModel
{
    /// <summary>Frames in which a subject that is not there yet may still come up: a recurrent model needs some to see it.</summary>
    private const int Patience = 15;

    private readonly List<Waiting> _waiting = [];
    private readonly List<MatteWarning> _warnings = [];
    private readonly IMotionCarrier? _motion;
    private SubjectTracker? _tracker;
    private Rational? _begin;
    private long? _lostFrom;
    private double _taken;
    private long _frames;
    private long _lostAtCuts;

    /// <param name="model">Moves in, and is disposed with this.</param>
    /// <param name="prompts">One or more; their times count from the first frame.</param>
    /// <param name="motion">Serves this alone; null: subjects are followed by overlap in place.</param>
    public SubjectMattingModel(IMattingModel model, IReadOnlyList<SubjectPrompt> prompts, IMotionCarrier? motion = null)
        : base(model)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentOutOfRangeException.ThrowIfZero(prompts.Count);
        _motion = motion;
        Await(prompts);
    }

    public override IReadOnlyList<MatteWarning> Warnings => [.. base.Warnings, .. _warnings, .. Lost(), .. Summary()];

    /// <summary>Nobody is known after a cut, and who was not found before it is not looked for behind it.</summary>
    public override void Reset()
    {
        base.Reset();
        _warnings.AddRange(Lost());
        _lostFrom = null;
        foreach (Waiting waiting in _waiting.Where(w => w.Frames > 0))
            _warnings.Add(NotFound(waiting.Prompt, $"in the {Counted(waiting.Frames)} from {ClockTime.Show(waiting.Prompt.At)} s to the cut", waiting.From));
        _waiting.RemoveAll(w => w.Frames > 0);
        Forget();
    }

    public override void PointAt(IReadOnlyList<SubjectPrompt> prompts, Rational begin)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        base.PointAt(prompts, begin);
        (_begin, _lostFrom, _taken, _frames, _lostAtCuts) = (begin, null, 0, 0, 0);
        _warnings.Clear();
        Await(prompts);
        Forget();
    }

    protected override void Change(MattedFrame frame)
    {
        AlphaMatte alpha = frame.Alpha;
        if (_tracker is null || !_tracker.Fits(alpha.Width, alpha.Height))
            _tracker = new SubjectTracker(alpha.Width, alpha.Height);
        Rational time = frame.Time.PresentationTime - (_begin ??= frame.Time.PresentationTime);
        // Motion is looked for from the frame on in which somebody may be known.
        bool follows = _motion is not null && (_tracker.Knows || _waiting.Exists(w => w.Prompt.At <= time)) && _motion.Look(frame.Picture);
        if (follows && _tracker.Knows)
            _tracker.Follow(_motion!);
        // Each waits for itself: one that points at nothing keeps no other back.
        _waiting.RemoveAll(w => w.Prompt.At <= time && IsDone(w, frame, _tracker));
        _frames++;
        if (_tracker.Knows)
        {
            _taken += _tracker.Keep(alpha.Samples);
            _lostFrom = _tracker.SeesKept ? null : _lostFrom ?? frame.Time.Index;
        }
        else if (frame.StartsShot && _frames > 1 && _lostAtCuts++ == 0)
        {
            _warnings.Add(new MatteWarning(
                "subject-lost-at-cut", "After a cut nobody is known, and the matte is whole until the next --subject X,Y@T: point at the subject in each shot.", frame.Time.Index));
        }
    }

    private void Await(IReadOnlyList<SubjectPrompt> prompts)
    {
        _waiting.Clear();
        _waiting.AddRange(prompts.OrderBy(p => p.At).Select(p => new Waiting(p)));
    }

    private void Forget()
    {
        _tracker?.Forget();
        _motion?.Reset();
    }

    /// <summary>Looks under a prompt.</summary>
    /// <returns>True where it need not be looked under again.</returns>
    private bool IsDone(Waiting waiting, MattedFrame frame, SubjectTracker tracker)
    {
        if (tracker.Point(waiting.Prompt, frame.Alpha.Samples))
            return true;
        waiting.From ??= frame.Time.Index;
        if (++waiting.Frames <= Patience)
            return false;
        _warnings.Add(NotFound(waiting.Prompt, $"in the {Counted(Patience)} from {ClockTime.Show(waiting.Prompt.At)} s on", frame.Time.Index));
        return true;
    }

    private static MatteWarning NotFound(SubjectPrompt prompt, string when, long? frame) => new(
        "subject-not-found", $"Nothing of the matte is at {Show(prompt)} {when}: point at a place inside the subject.", frame, NotAsAsked: true);

    private IEnumerable<MatteWarning> Lost()
    {
        if (_lostFrom is { } from)
            yield return new MatteWarning("subject-lost", string.Create(
                CultureInfo.InvariantCulture, $"Nobody who was pointed at is in the matte from frame {from} to the end of the shot: where one comes back at another place, point again with @T."), from);
    }

    private IEnumerable<MatteWarning> Summary()
    {
        if (_taken > 0)
            yield return new MatteWarning("subject-others-dropped", string.Create(
                CultureInfo.InvariantCulture, $"What was not pointed at was taken out: {100 * _taken / _frames:0.##} % of the matte in the mean over {_frames} frames."));
        foreach (Waiting waiting in _waiting)
            yield return new MatteWarning("subject-not-found", $"Nothing of the matte was at --subject {Show(waiting.Prompt)} from {ClockTime.Show(waiting.Prompt.At)} s to the end: point at a place inside the subject.", null, NotAsAsked: true);
    }

    private static string Counted(int frames) => frames == 1 ? "1 frame" : string.Create(CultureInfo.InvariantCulture, $"{frames} frames");

    private static string Show(SubjectPrompt prompt) => prompt.IsPoint
        ? string.Create(CultureInfo.InvariantCulture, $"{prompt.Left},{prompt.Top}")
        : string.Create(CultureInfo.InvariantCulture, $"{prompt.Left},{prompt.Top},{prompt.Right},{prompt.Bottom}");

    /// <summary>A prompt whose subject is not found yet.</summary>
    private sealed class Waiting(SubjectPrompt prompt)
    {
        public SubjectPrompt Prompt { get; } = prompt;

        /// <summary>Frames looked into in vain.</summary>
        public int Frames { get; set; }

        /// <summary>Index of the first of them.</summary>
        public long? From { get; set; }
    }
}
