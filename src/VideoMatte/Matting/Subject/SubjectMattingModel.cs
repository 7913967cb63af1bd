using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Matting.Fallback;

namespace VideoMatte.Matting.Subject;

/// <summary>Any model's matte with only the subjects in it that were pointed at. Until the first prompt's time, and after a cut until the next
/// prompt, the matte stays whole.</summary>
public sealed class SubjectMattingModel : IMattingModel, IInterruptible
{
    /// <summary>Frames in which a subject that is not there yet may still come up: a recurrent model needs some to see it.</summary>
    private const int Patience = 15;

    private readonly IMattingModel _model;
    private readonly List<SubjectPrompt> _pending;
    private readonly Queue<MattedFrame> _whole = new();
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
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentOutOfRangeException.ThrowIfZero(prompts.Count);
        (_model, _pending) = (model, [.. prompts.OrderBy(p => p.At)]);
    }

    public string Name => _model.Name;

    public int LatencyFrames => _model.LatencyFrames;

    public MattingModelInfo Info => _model.Info;

    public bool GivesForeground => _model.GivesForeground;

    public IReadOnlyList<FallbackRange> Fallbacks => _model.Fallbacks;

    public IReadOnlyList<MatteWarning> Warnings => [.. _model.Warnings, .. _warnings, .. Summary()];

    public void Process(VideoFrame frame, Queue<MattedFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (ready is null)
        {
            frame.Dispose();
            throw new ArgumentNullException(nameof(ready));
        }

        _model.Process(frame, _whole);
        Pick(ready);
    }

    public void Flush(Queue<MattedFrame> ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        _model.Flush(_whole);
        Pick(ready);
    }

    /// <summary>Nobody is known after a cut.</summary>
    public void Reset()
    {
        _model.Reset();
        _tracker?.Forget();
    }

    public void Interrupt() => (_model as IInterruptible)?.Interrupt();

    public void Dispose()
    {
        while (_whole.TryDequeue(out MattedFrame? left))
            left.Dispose();
        _model.Dispose();
    }

    private void Pick(Queue<MattedFrame> ready)
    {
        while (_whole.TryDequeue(out MattedFrame? frame))
        {
            try
            {
                Pick(frame);
                ready.Enqueue(frame);
            }
            catch (Exception error)
            {
                (error as MatteException)?.Locate(Name, frame.Time.Index);
                frame.Dispose();
                throw;
            }
        }
    }

    private void Pick(MattedFrame frame)
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
