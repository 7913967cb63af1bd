using System.Globalization;
using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Models;

namespace VideoMatte.Pipelines;

/// <summary>Settings that would change nothing in the files a job writes are refused: whoever gave one believes in its effect.</summary>
internal static class EffectRules
{
    /// <param name="job">As asked.</param>
    /// <param name="background">Parsed.</param>
    /// <param name="outputs">The files to write; none for a plan or a look.</param>
    /// <exception cref="MatteException">Usage, <c>no-effect</c>, <c>exr-transfer</c>, <c>start-number</c>.</exception>
    public static void Check(MattingJob job, BackgroundOptions background, IReadOnlyList<OutputSpec> outputs)
    {
        if (job.Mattes.AlphaIn is not null && job.Provider != "auto")
            throw Usage("no-effect", $"--provider {job.Provider} says what runs the network, and --alpha-in runs none; leave one out.");
        if (job.Mattes.AlphaIn is not null && job.Threads != 0)
            throw Usage("no-effect", "--threads is of the network, and --alpha-in runs none; leave one out.");
        if (job.Mattes.AlphaIn is not null && job.Warmup is > 0)
            throw Usage("no-effect", string.Create(CultureInfo.InvariantCulture, $"--warmup {job.Warmup} is of the network, and --alpha-in runs none; leave one out."));
        if (outputs.Count == 0)
            return;
        CheckSequence(job.Sequence, outputs);
        if (job.Output is null)
            CheckWithoutClip(job, background);
        OutputSpec? clip = job.Output is null ? null : outputs[0];
        if (clip is { Preset.CarriesAlpha: false, Composite: false } && job.Premultiplied is not null)
            throw Usage("no-effect", $"--alpha says how colour relates to alpha, and {clip.Path} holds none ({clip.Preset.Id}); leave it out, or choose {Presets.NamesThatCarryAlpha}.");
        bool hasPicture = outputs.Any(o => !o.MatteOnly);
        if (!hasPicture && job.Foreground.Mode != ForegroundMode.Auto)
            throw Nothing("--foreground");
        if (!hasPicture && job.Foreground.Despill != "auto")
            throw Nothing("--despill");
    }

    /// <summary>Whether the model has a state that a warm-up settles: a clean plate is a settled one.</summary>
    public static bool WarmsUp(MattingJob job, ModelFile model) => model.Family is null or ModelFamily.Rvm || (model.Family == ModelFamily.Plate && job.CleanPlate is null);

    /// <exception cref="MatteException">Usage, <c>no-effect</c>: the model has no state that a warm-up could settle.</exception>
    public static void CheckModel(MattingJob job, ModelFile model)
    {
        if (job.Warmup is not > 0 || WarmsUp(job, model))
            return;
        string why = job.CleanPlate is null ? $"{model.Id ?? model.Path} keeps none" : "a clean plate is a settled one";
        throw Usage("no-effect", string.Create(CultureInfo.InvariantCulture, $"--warmup {job.Warmup} settles a recurrent model's state, and {why}; leave it out."));
    }

    private static void CheckSequence(SequenceSettings sequence, IReadOnlyList<OutputSpec> outputs)
    {
        if (sequence.KeepsTransfer is not null && !outputs.Any(o => o.IsExr))
            throw OutputChecks.NotExr(outputs[0]);
        if (sequence.Numbering != FrameNumbering.Default && !outputs.Any(o => o.IsSequence))
            throw OutputChecks.NotNumbered(outputs[0]);
    }

    private static void CheckWithoutClip(MattingJob job, BackgroundOptions background)
    {
        if (job.Preset is not null)
            throw Usage("no-effect", "--preset is the kind of the file that -o names, and there is none; the other files go by their extensions.");
        if (job.Premultiplied is not null)
            throw Nothing("--alpha");
        if (background.Kind != BackgroundKind.None)
            throw Nothing("--background");
        if (job.Audio == "copy")
            throw Usage("no-effect", "--audio copy is for the file that -o names, and there is none; a matte or foreground alone has no sound.");
    }

    private static MatteException Nothing(string option) =>
        Usage("no-effect", $"{option} is of the picture that -o names, and only other files are written; name one with -o, or leave it out.");

    private static MatteException Usage(string code, string message) => new(ErrorKind.Usage, code, message);
}
