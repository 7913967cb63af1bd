using System.Globalization;
using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Media.Pipes;
using VideoMatte.Models;

namespace VideoMatte.Pipelines;

/// <summary>What can be said of a job before anything is looked at: presets by name or extension, contradictions.</summary>
internal static class JobRules
{
    /// <summary>The background asked for, and the files to write.</summary>
    /// <exception cref="MatteException">Usage: the options contradict each other, or a value is unknown.</exception>
    public static (BackgroundOptions Background, IReadOnlyList<OutputSpec> Outputs) Settle(MattingJob job)
    {
        BackgroundOptions background = BackgroundOptions.Parse(job.Background);
        bool composite = background.Kind != BackgroundKind.None;
        var outputs = new List<OutputSpec>();
        if (job.Output is { } path)
            outputs.Add(Picture(job, path, composite));
        if (job.AlphaOutput is { } alpha)
            outputs.Add(Matte(job, alpha));
        if (ForegroundRules.Settle(job.Foreground, job.Overwrite) is { } foreground)
            outputs.Add(foreground);
        if (job.Output is not null && job.AlphaOutput is not null && Path.GetFullPath(outputs[0].Path) == Path.GetFullPath(outputs[1].Path))
            throw Usage("output-twice", $"-o and --alpha-out both name '{outputs[0].Path}'; give them two names.");
        SmoothingRules.Check(job);
        if (job.Warmup is < 0)
            throw Usage("warmup-range", string.Create(CultureInfo.InvariantCulture, $"--warmup takes auto or a number of frames, not {job.Warmup}."));
        if (job.Mattes.AlphaIn is not null && (job.Model is not null || job.DownsampleRatio is not null || job.CleanPlate is not null))
        {
            string other = job.Model is not null ? "--model" : job.CleanPlate is not null ? "--clean-plate" : "--downsample-ratio";
            throw Usage("alpha-in-conflict", $"--alpha-in takes the model's place, so that {other} has nothing to act on; leave one out.");
        }

        if (job.AlphaOutput == StandardStreams.Name || job.Foreground.Output == StandardStreams.Name)
            throw Usage("output-pipe", "Only -o writes to standard output, picture and alpha in one stream: name a file after --alpha-out and --foreground-out.");
        job.Mattes.Edges.Validate();
        SubjectRules.Parse(job);
        TrimapSettings.Parse(job.Mattes.Trimap);
        EffectRules.Check(job, background, outputs);
        return (background, [.. outputs.Select(job.Sequence.ApplyTo)]);
    }

    /// <exception cref="MatteException">Usage: the model is of a family that has no use for a clean plate.</exception>
    public static void CheckCleanPlate(MattingJob job, ModelFile model)
    {
        if (job.CleanPlate is not null && model.Family != ModelFamily.Plate)
            throw Usage("clean-plate", $"--clean-plate is for the plate model, and the model is {model.Id ?? model.Path}; add --model plate or leave it out.");
    }

    /// <exception cref="MatteException">Usage, <c>ratio-of-a-still-model</c>, <c>upsampling-conflict</c>: neither the model nor what stands in for
    /// it has a use for an option.</exception>
    public static void CheckFamily(MattingJob job, ModelFile model, ModelFile? fallback)
    {
        if (model.Family is ModelFamily.Still or ModelFamily.Trimap or ModelFamily.Solver or ModelFamily.Prompt && job.DownsampleRatio is not null)
            throw Usage("ratio-of-a-still-model", $"--downsample-ratio is for recurrent models, and {model.Id} is fed at its own size; leave it out.");
        if (model.Family != ModelFamily.Still && fallback?.Family != ModelFamily.Still && job.Upsampling != "guided")
            throw Usage("upsampling-conflict", $"--upsampling is for still models, and {model.Id ?? model.Path} is none; leave it out.");
    }

    /// <summary>Where nothing looks at colours, planes of any meaning pass as they are.</summary>
    /// <exception cref="MatteException">Input, <c>colour-unsupported</c>: something has to, and no RGB can be made of the source.</exception>
    public static void CheckColour(PreparedJob prepared)
    {
        FrameFormat format = prepared.Format;
        bool looks = prepared.DetectsShots || !prepared.GivesMatte || prepared.PaintsForeground || prepared.Composites;
        if (looks && format.Colour.Matrix == ColourMatrix.YCgCo && format.Layout is PlaneLayout.Yuv420 or PlaneLayout.Yuv422 or PlaneLayout.Yuv444)
            throw new MatteException(
                ErrorKind.Input, "colour-unsupported",
                $"{prepared.Source.Path} is coded in YCgCo, which is not luma and two colour differences: bring it to BT.709 first (ffmpeg -i IN -vf zscale=matrix=709 OUT).");
    }

    /// <exception cref="MatteException">Usage: there is no recurrent model, or what should stand in for it is no still model.</exception>
    public static void CheckFallback(MattingJob job, ModelFile model, ModelFile? fallback)
    {
        if (fallback is null)
            return;
        if (job.Mattes.AlphaIn is not null || model.Family is not (null or ModelFamily.Rvm or ModelFamily.Plate))
            throw Usage("fallback-conflict", $"--fallback stands in where a recurrent model loses its subject, and {model.Id ?? model.Path} is none; leave it out.");
        if (fallback.Family != ModelFamily.Still)
            throw Usage("fallback-family", $"--fallback takes a still model, and {fallback.Id ?? fallback.Path} is none; mediapipe-selfie is a quick one for people.");
    }

    /// <exception cref="MatteException">Usage: a preview looks at a clip here and there, and makes a picture of it.</exception>
    public static void CheckPreview(MattingJob job)
    {
        if (job.Input == StandardStreams.Name || job.Output == StandardStreams.Name)
            throw Usage("preview-pipe", "--preview looks into the middle of a file and writes a picture: it does not go with -; name files.");
    }

    /// <exception cref="MatteException">Usage: raw frames would be written over somebody's screen.</exception>
    public static void CheckTerminal(MattingJob job, StandardStreams streams)
    {
        if (job.Output == StandardStreams.Name && streams.Output is null)
            throw Usage("pipe-terminal", "The output - is standard output, which is a terminal: send it through a pipe (videomatte matte … -o - | ffmpeg -i - …), or name a file.");
    }

    private static OutputSpec Picture(MattingJob job, string path, bool composite)
    {
        Preset preset = Presets.Resolve(job.Preset, path);
        if (!preset.CarriesAlpha && !composite && job.AlphaOutput is null)
            throw Usage("no-alpha", $"A {preset.Id} file ({path}) holds no alpha: lay the cutout over a --background, write the matte with --alpha-out, or choose {Presets.NamesThatCarryAlpha}.");
        if (composite && job.Premultiplied is not null)
            throw Usage("alpha-of-a-composite", "--alpha goes with a clip that has alpha, and --background makes a composite without; leave one out.");
        return new OutputSpec(path, preset)
        {
            Premultiplied = !composite && preset.CarriesAlpha && Presets.IsPremultiplied(preset, job.Premultiplied),
            Composite = composite,
            Audio = Audio(job),
            Overwrite = job.Overwrite,
        };
    }

    private static OutputSpec Matte(MattingJob job, string path)
    {
        if (!path.EndsWith(Presets.Ffv1.Extension, StringComparison.OrdinalIgnoreCase))
            throw Usage("alpha-out", $"--alpha-out writes the 16-bit matte as FFV1: give '{path}' the extension {Presets.Ffv1.Extension}.");
        return new OutputSpec(path, Presets.Ffv1) { MatteOnly = true, Audio = AudioMode.None, Overwrite = job.Overwrite };
    }

    private static AudioMode Audio(MattingJob job) => job.Audio switch
    {
        "auto" => AudioMode.Auto,
        "copy" => AudioMode.Copy,
        "none" => AudioMode.None,
        _ => throw Usage("audio-unknown", $"--audio is auto, copy or none, not '{job.Audio}'."),
    };

    private static MatteException Usage(string code, string message) => new(ErrorKind.Usage, code, message);
}
