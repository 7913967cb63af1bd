using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Temporal;
using VideoMatte.Temporal.Smoothing;

namespace VideoMatte.Pipelines;

/// <summary>What a job's mattes go through over time, and with which settings.</summary>
internal static class SmoothingRules
{
    public const string Auto = "auto";
    public const string Off = "off";

    /// <summary>The plain running average: the baseline people know.</summary>
    public const string Average = "average";

    /// <summary>Along the motion.</summary>
    public const string Flow = "flow";

    /// <exception cref="MatteException">Usage: an unknown kind, a strength or window for nothing, or a window that is none.</exception>
    public static void Check(MattingJob job)
    {
        if (job.Smoothing is not (Auto or Off or Average or Flow))
            throw Usage("smoothing-unknown", $"--smoothing is auto, off, average or flow, not '{job.Smoothing}'.");
        if (job.SmoothingStrength is not null && job.Smoothing == Off)
            throw Usage("no-effect", "--smoothing-strength says how much is smoothed, and --smoothing off smooths nothing; leave one out.");
        if (job.SmoothingWindow is not null && job.Smoothing is not (Auto or Flow))
            throw Usage("no-effect", $"--smoothing-window says how far smoothing along the motion looks, and --smoothing {job.Smoothing} does not; leave one out.");
        if (job.SmoothingWindow is not { } window)
            return;
        if (job.SmoothingStrength == 0)
            throw Usage("no-effect", "--smoothing-window says how far smoothing along the motion looks, and at --smoothing-strength 0 nothing is smoothed; leave one out.");
        (FlowSmoothingOptions.Recurrent with { Behind = window.Behind, Ahead = window.Ahead }).Validate();
        if (window == default)
            throw Usage("smoothing-window", "A window of no frame behind and none ahead smooths nothing; --smoothing off says that.");
    }

    /// <summary>What was asked for can be done with this source and model.</summary>
    /// <exception cref="MatteException">Usage, <c>no-effect</c>.</exception>
    public static void Check(PreparedJob prepared)
    {
        bool asked = prepared.Job.Smoothing is Average or Flow;
        string? how = prepared.Job.SmoothingWindow is not null ? "--smoothing-window" : prepared.Job.SmoothingStrength is not null ? "--smoothing-strength" : null;
        if (prepared.Source.IsStillImage && (asked || how is not null))
            throw Usage("no-effect", $"Smoothing is over time, and '{prepared.Source.Path}' is one picture; leave {(asked ? "--smoothing" : how)} out.");
        if (how is not null && prepared.SmoothingStrength > 0 && Chosen(prepared) == Off)
            throw Usage("no-effect", $"{how} says {(how == "--smoothing-window" ? "how far smoothing looks" : "how much is smoothed")}, and this model's mattes are not smoothed by themselves; add --smoothing flow or leave it out.");
    }

    /// <summary>Motion was asked for, by name or by what only it heeds, and the picture is too small to see any.</summary>
    public static IEnumerable<MatteWarning> Notice(PreparedJob prepared)
    {
        bool asked = prepared.Job.Smoothing == Flow || prepared.Job.SmoothingWindow is not null || prepared.Job.SmoothingStrength > 0;
        if (asked && Chosen(prepared) == Flow && prepared.Smoothing == Off)
            yield return new MatteWarning("smoothing-small", FormattableString.Invariant(
                $"A picture of {prepared.Format.Width}x{prepared.Format.Height} is too small or too narrow to find motion in: its mattes are not smoothed; --smoothing average does without motion."));
    }

    /// <summary>What is done: what was chosen, but nothing where the picture is too small for it.</summary>
    public static string Settle(PreparedJob prepared)
    {
        string chosen = Chosen(prepared);
        return chosen == Flow && !FlowSmoother.Sees(prepared.Format.Width, prepared.Format.Height) ? Off : chosen;
    }

    /// <summary>Automatic: along the motion for networks that know subjects; a matte from elsewhere, a solved trimap, a single picture, and the
    /// plate model's, which has its own memory of every pixel, stay as they are.</summary>
    private static string Chosen(PreparedJob prepared)
    {
        if (prepared.Source.IsStillImage || prepared.SmoothingStrength == 0)
            return Off;
        return prepared.Job.Smoothing != Auto ? prepared.Job.Smoothing : prepared.GivesMatte || prepared.SolvesTrimap || prepared.Model.Family == ModelFamily.Plate ? Off : Flow;
    }

    /// <summary>As results and plans name it; null where nothing is smoothed.</summary>
    public static double? UsedStrength(PreparedJob prepared) => prepared.Smoothing == Off ? null : prepared.SmoothingStrength;

    /// <summary>As results and plans name it; null where nothing is looked at along the motion.</summary>
    public static SmoothingReach? UsedWindow(PreparedJob prepared) =>
        prepared.Smoothing == Flow && FlowOptions(prepared) is var options ? new SmoothingReach(options.Behind, options.Ahead) : null;

    /// <summary>Light for what keeps a state or was made elsewhere, more for networks that see each frame anew.</summary>
    public static FlowSmoothingOptions FlowOptions(PreparedJob prepared)
    {
        bool single = !prepared.GivesMatte && prepared.Model.Family is ModelFamily.Still or ModelFamily.Prompt;
        FlowSmoothingOptions usual = (single ? FlowSmoothingOptions.Still : FlowSmoothingOptions.Recurrent) with { Strength = prepared.SmoothingStrength };
        return prepared.Job.SmoothingWindow is { } window ? usual with { Behind = window.Behind, Ahead = window.Ahead } : usual;
    }

    /// <summary>The stage; null: there is none.</summary>
    /// <exception cref="MatteException">Usage: the strength is not 0 to 1.</exception>
    public static IFrameStage<MattedFrame, MattedFrame>? Open(PreparedJob prepared) => prepared.Smoothing switch
    {
        Average => AverageSmoother.Create(prepared.SmoothingStrength),
        Flow => FlowSmoother.Create(FlowOptions(prepared)),
        _ => null,
    };

    private static MatteException Usage(string code, string message) => new(ErrorKind.Usage, code, message);
}
