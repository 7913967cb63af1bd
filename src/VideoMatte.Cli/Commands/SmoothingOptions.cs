using System.CommandLine;
using System.CommandLine.Parsing;
using VideoMatte.Pipelines;
using VideoMatte.Temporal.Smoothing;

namespace VideoMatte.Cli.Commands;

/// <summary>The options that say how mattes are smoothed over time.</summary>
internal sealed class SmoothingOptions
{
    private readonly Option<string> _smoothing = MatteOptions.Choice("--smoothing", "Smoothing over time, in the band: flow goes along the motion; average is the plain baseline, which trails.", "auto", "auto", "off", "average", "flow");
    private readonly Option<double?> _strength = MatteOptions.Number("--smoothing-strength", "0..1", "How much neighbours count: flow, at .5 as much as the frame itself; average, the share of the frame before; default .5.", 0, 1);
    private readonly Option<SmoothingReach?> _window = new("--smoothing-window")
    {
        Description = FormattableString.Invariant(
            $"Frames behind and ahead that flow looks at, {FlowSmoothingOptions.MostFrames - 1} in all at most; more cost time and memory; with none ahead nothing waits, as in a live picture; default 2+2, for models that see each frame anew 4+4."),
        HelpName = "BEHIND+AHEAD",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = Window,
    };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_smoothing, _strength, _window])
            command.Add(option);
    }

    public MattingJob Apply(ParseResult parsed, MattingJob job) => job with
    {
        Smoothing = parsed.GetValue(_smoothing)!,
        SmoothingStrength = parsed.GetValue(_strength),
        SmoothingWindow = parsed.GetValue(_window),
    };

    private static SmoothingReach? Window(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (SmoothingReach.TryParse(text, out SmoothingReach reach))
            return reach;
        result.AddError(FormattableString.Invariant(
            $"--smoothing-window takes frames behind and ahead such as 2+2, from 1 to {FlowSmoothingOptions.MostFrames - 1} in all, not '{text}'"));
        return null;
    }
}
