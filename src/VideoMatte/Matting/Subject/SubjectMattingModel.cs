using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Matting.Subject;

/// <summary>Any model's matte with only the subjects in it that were pointed at. Until the first prompt's time, and after a cut until the next
/// prompt, the matte stays whole.</summary>
public sealed class SubjectMattingModel : WrappedMattingModel
{
    /// <summary>Frames in which a subject that is not there yet may still come up: a recurrent model needs some to see it.</summary>
    private const int Patience = 15;

    private readonly List<SubjectPrompt> _pending;
    private readonly List<MatteWarning> _warnings = [];
    private SubjectTracker? _tracker;
    private Rational? _begin;
    private int _waited;
    private double _taken;
    private long _frames;
    private long _lostAtCuts;

    /// <param name="model">Moves in, and is disposed with this.</param>
    /// <param name="prompts">One or more.</param>
    public SubjectMattingModel(IMattingModel model, IReadOnlyList<SubjectPrompt> prompts)
        : base(model)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentOutOfRangeException.ThrowIfZero(prompts.Count);
        _pending = [.. prompts.OrderBy(p => p.At)];
    }

    public override IReadOnlyList<MatteWarning> Warnings => [.. base.Warnings, .. _warnings, .. Summary()];

    /// <summary>Nobody is known after a cut.</summary>
    public override void Reset()
    {
        base.Reset();
        _tracker?.Forget();
    }

    protected override void Change(MattedFrame frame)
    {
        AlphaMatte alpha = frame.Alpha;
        if (_tracker is null || !_tracker.Fits(alpha.Width, alpha.Height))
            _tracker = new SubjectTracker(alpha.Width, alpha.Height);
        Rational time = frame.Time.PresentationTime - (_begin ??= frame.Time.PresentationTime);
        while (_pending.Count > 0 && _pending[0].At <= time)
        {
            SubjectPrompt prompt = _pending[0];
            if (!_tracker.Point(prompt, alpha.Samples) && _waited++ < Patience)
                break;
            if (_waited > Patience)
                _warnings.Add(new MatteWarning(
                    "subject-not-found", string.Create(CultureInfo.InvariantCulture, $"Nothing of the matte is at {Show(prompt)} in the {Patience} frames from {ClockTime.Show(prompt.At)} s on: point at a place inside the subject."), frame.Time.Index, NotAsAsked: true));
            _pending.RemoveAt(0);
            _waited = 0;
        }

        _frames++;
        if (_tracker.Knows)
            _taken += _tracker.Keep(alpha.Samples);
        else if (frame.StartsShot && _frames > 1 && _lostAtCuts++ == 0)
            _warnings.Add(new MatteWarning(
                "subject-lost-at-cut", "After a cut nobody is known, and the matte is whole until the next --subject X,Y@T: point at the subject in each shot.", frame.Time.Index));
    }

    private IEnumerable<MatteWarning> Summary()
    {
        if (_taken > 0)
            yield return new MatteWarning("subject-others-dropped", string.Create(
                CultureInfo.InvariantCulture, $"What was not pointed at was taken out: {100 * _taken / _frames:0.#} % of the matte in the mean over {_frames} frames."));
        foreach (SubjectPrompt prompt in _pending)
            yield return new MatteWarning("subject-not-found", $"The clip ended before --subject {Show(prompt)} was found at {ClockTime.Show(prompt.At)} s.", null, NotAsAsked: true);
    }

    private static string Show(SubjectPrompt prompt) => prompt.IsPoint
        ? string.Create(CultureInfo.InvariantCulture, $"{prompt.Left},{prompt.Top}")
        : string.Create(CultureInfo.InvariantCulture, $"{prompt.Left},{prompt.Top},{prompt.Right},{prompt.Bottom}");
}
