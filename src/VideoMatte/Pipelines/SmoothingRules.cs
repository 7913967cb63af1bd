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

    /// <exception cref="MatteException">Usage: an unknown kind, or a strength for nothing.</exception>
    public static void Check(MattingJob job)
    {
        if (job.Smoothing is not (Auto or Off or Average or Flow))
            throw Usage("smoothing-unknown", $"--smoothing is auto, off, average or flow, not '{job.Smoothing}'.");
        if (job.SmoothingStrength is not null && job.Smoothing == Off)
            throw Usage("no-effect", "--smoothing-strength says how much is smoothed, and --smoothing off smooths nothing; leave one out.");
    }

    /// <summary>What was asked for can be done with this source and model.</summary>
    /// <exception cref="MatteException">Usage, <c>no-effect</c>.</exception>
    public static void Check(PreparedJob prepared)
    {
        bool asked = prepared.Job.Smoothing is Average or Flow;
        if (prepared.Source.IsStillImage && (asked || prepared.Job.SmoothingStrength is not null))
            throw Usage("no-effect", $"Smoothing is over time, and '{prepared.Source.Path}' is one picture; leave {(asked ? "--smoothing" : "--smoothing-strength")} out.");
        if (prepared.Job.SmoothingStrength > 0 && prepared.Smoothing == Off)
            throw Usage("no-effect", "--smoothing-strength says how much is smoothed, and this model's mattes are not smoothed by themselves; add --smoothing flow or leave it out.");
    }

    /// <summary>Automatic: along the motion for networks that know subjects; a matte from elsewhere, a solved trimap, a single picture, and the
    /// plate model's, which has its own memory of every pixel, stay as they are.</summary>
    public static string Settle(PreparedJob prepared)
    {
        if (prepared.Source.IsStillImage || prepared.SmoothingStrength == 0)
            return Off;
        return prepared.Job.Smoothing != Auto ? prepared.Job.Smoothing : prepared.GivesMatte || prepared.SolvesTrimap || prepared.Model.Family == ModelFamily.Plate ? Off : Flow;
    }

    /// <summary>Light for what keeps a state or was made elsewhere, more for networks that see each frame anew.</summary>
    public static FlowSmoothingOptions FlowOptions(PreparedJob prepared)
    {
        bool single = !prepared.GivesMatte && prepared.Model.Family is ModelFamily.Still or ModelFamily.Prompt;
        return (single ? FlowSmoothingOptions.Still : FlowSmoothingOptions.Recurrent) with { Strength = prepared.SmoothingStrength };
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
