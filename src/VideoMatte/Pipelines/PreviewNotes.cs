using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Matting.Fallback;
using VideoMatte.Models;

namespace VideoMatte.Pipelines;

/// <summary>What a model says of the looks of a preview, put together: one sentence a kind, with the times it was said of.</summary>
/// <param name="fallback">The model that may stand in; null: none.</param>
internal sealed class PreviewNotes(ModelFile? fallback)
{
    /// <summary>Of each moment; a look that is done again takes the place of the one before.</summary>
    private readonly SortedList<int, List<MatteWarning>> _byMoment = [];
    private readonly Dictionary<int, Rational> _times = [];
    private List<MatteWarning> _now = [];
    private MatteWarning[] _before = [];
    private int _rangesBefore;
    private int _moment;
    private int _frames;

    public IEnumerable<MatteWarning> All => _byMoment
        .SelectMany(m => m.Value.Select(w => (Moment: m.Key, Warning: w)))
        .GroupBy(m => m.Warning.Code)
        .Select(g => g.First().Warning with { Message = When(g.Where(m => m.Warning.Frame is not null).Select(m => m.Moment)) + g.First().Warning.Message, Frame = null });

    public void Begin(int moment, IMattingModel model)
    {
        (_moment, _frames, _before, _rangesBefore) = (moment, 0, [.. model.Warnings], model.Fallbacks.Count);
        _byMoment[moment] = _now = [];
    }

    /// <summary>A frame of the look went through.</summary>
    public void Count() => _frames++;

    /// <summary>Of the look that has begun.</summary>
    public void Add(string code, string message) => _now.Add(new MatteWarning(code, message, 0));

    /// <param name="model">That was asked.</param>
    /// <param name="shown">The look's frame.</param>
    public void End(IMattingModel model, FrameTime shown)
    {
        _times[_moment] = shown.PresentationTime;
        List<MatteWarning> earlier = [.. _before];
        foreach (MatteWarning warning in model.Warnings)
        {
            // Which frames of a look another model's are says nothing; whether the one shown is does.
            if (!earlier.Remove(warning) && warning.Code != FallbackMattingModel.WarningCode)
                _now.Add(warning);
        }

        if (fallback is null)
            return;
        if (model.Fallbacks.Skip(_rangesBefore).LastOrDefault(r => r.From <= shown.Index && r.To >= shown.Index) is { } range)
            Add(FallbackMattingModel.WarningCode, $"the matte shown is that of {fallback.Id ?? fallback.Path}: {range.Reason}.");
        else if (_frames < FallbackMattingModel.FramesToLose)
            Add("preview-fallback", string.Create(
                CultureInfo.InvariantCulture, $"--fallback takes {FallbackMattingModel.FramesToLose} frames to judge by, and this look has {_frames}: the job may show the matte of {fallback.Id ?? fallback.Path} here."));
    }

    private string When(IEnumerable<int> moments)
    {
        string times = string.Join(", ", moments.Distinct().Where(_times.ContainsKey).Select(m => ClockTime.Show(_times[m])));
        return times.Length == 0 ? "" : $"At {times} s: ";
    }
}
