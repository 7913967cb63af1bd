using System.CommandLine;
using VideoMatte.Evaluation.Metrics;
using VideoMatte.Evaluation.Scoring;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli.Commands;

/// <summary>The options of <c>evaluate</c>.</summary>
internal sealed class EvaluateOptions
{
    private readonly Option<string[]> _predictions = Clips("--pred", "A matte to score: a clip with alpha, a grey clip, numbered pictures (folder or pattern), or a folder of clips; may be repeated.");
    private readonly Option<string[]> _truths = Clips("--true", "The true matte, of the same size and frames: one for each --pred, in the same order.");
    private readonly Option<string> _grad = MatteOptions.Choice("--grad", "hr takes the mattes as they are (published for 1920x1080), lr stretches each to 0..1 first (for 512x288).", "hr", "hr", "lr");
    private readonly Option<string> _bits = MatteOptions.Choice("--bits", "8 rounds both mattes to 8 bits first, as the published evaluation reads them.", "full", "full", "8");
    private readonly Option<int?> _from = MatteOptions.Whole("--from", "N", "Score from frame N on, counted from 0.", 0, int.MaxValue);
    private readonly Option<int?> _frames = MatteOptions.Whole("--frames", "N", "Score at most N frames of each clip.", 1, int.MaxValue);
    private readonly Option<string?> _perFrame = MatteOptions.Text("--per-frame", "FILE.csv", "Also write the figures of every frame.");
    private readonly Option<bool> _overwrite = MatteOptions.Switch("--overwrite", "Replace a FILE.csv that exists.");
    private readonly Option<bool> _lenient = MatteOptions.Switch("--lenient", "Exit 0 where a finished job would say 7.");
    private readonly Option<string?> _ffmpeg = MatteOptions.Text("--ffmpeg", "PATH", "The ffmpeg to use; default: VIDEOMATTE_FFMPEG, then PATH.");
    private readonly Option<bool> _json = MatteOptions.Switch("--json", "Print one JSON document on standard output.");
    private readonly Option<bool> _quiet = MatteOptions.Switch("--quiet", "No progress.");
    private readonly Option<bool> _verbose = MatteOptions.Switch("--verbose", "More about errors.");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_predictions, _truths, _grad, _bits, _from, _frames, _perFrame, _overwrite, _lenient, _ffmpeg, _json, _quiet, _verbose])
            command.Add(option);
    }

    /// <exception cref="MatteException">Of <see cref="ClipPairs"/>; usage: <c>output-is-input</c>.</exception>
    public EvaluateRequest Read(ParseResult parsed)
    {
        IReadOnlyList<ClipPair> pairs = ClipPairs.Of(parsed.GetValue(_predictions) ?? [], parsed.GetValue(_truths) ?? []);
        string? perFrame = parsed.GetValue(_perFrame);
        if (perFrame is not null)
            OutputChecks.RefuseInputs([perFrame], [.. pairs.SelectMany(p => (string[])[p.Prediction, p.Truth])]);
        return new EvaluateRequest(
            pairs,
            new ScoringSettings
            {
                Grad = parsed.GetValue(_grad) == "lr" ? GradVariant.Lr : GradVariant.Hr,
                EightBits = parsed.GetValue(_bits) == "8",
                From = parsed.GetValue(_from) ?? 0,
                Frames = parsed.GetValue(_frames),
                MaxPixels = MattingJob.DefaultMaxPixels,
            },
            perFrame,
            parsed.GetValue(_overwrite),
            parsed.GetValue(_lenient),
            parsed.GetValue(_ffmpeg),
            parsed.GetValue(_json),
            parsed.GetValue(_quiet));
    }

    private static Option<string[]> Clips(string name, string description) =>
        new(name) { Description = description, HelpName = "CLIP", Arity = ArgumentArity.OneOrMore, Required = true };
}
