using VideoMatte.Matting;
using VideoMatte.Matting.Fallback;
using VideoMatte.Media;
using VideoMatte.Models;
using VideoMatte.Temporal;

namespace VideoMatte.Pipelines;

/// <summary>A prepared job as a plan to print.</summary>
internal static class PlanReport
{
    public static MattingPlan Of(PreparedJob prepared)
    {
        VideoStreamInfo video = prepared.Source.Video;
        return new MattingPlan
        {
            Input = prepared.Job.Input,
            Outputs = [.. prepared.Outputs.Select(o => new MattingPlan.PlannedOutput(o.Path, o.Preset.Id, AlphaOf(o)))],
            Width = prepared.Format.Width,
            Height = prepared.Format.Height,
            Frames = prepared.FrameCount,
            Selection = SelectionReport.Of(prepared.Job.Source.Selection, null),
            ConformTo = prepared.Reading.Rate?.ToString(),
            Rate = (video.AverageRate ?? video.NominalRate)?.ToString(),
            PixelFormat = video.PixelFormat,
            Model = ModelOf(prepared.Model),
            Provider = prepared.RunsNoNetwork ? GivenMatteModel.NoProvider : prepared.Job.Provider,
            DownsampleRatio = prepared.Ratio,
            Background = prepared.Job.Background,
            Foreground = prepared.Foreground switch { ForegroundMode.Source => "source", ForegroundMode.Estimate => "estimate", _ => "model" },
            Fallback = prepared.Fallback is { } standIn ? ModelOf(standIn) : null,
            Smoothing = prepared.Smoothing,
            SmoothingStrength = SmoothingRules.UsedStrength(prepared),
            SmoothingWindow = SmoothingRules.UsedWindow(prepared),
            Mattes = [.. MattesOf(prepared)],
            Shots = prepared.Job.ShotList ?? (prepared.Job.Shots ? "auto" : "off"),
            Warmup = prepared.Warmup,
            Stages = prepared.StageNames,
            MemoryBoundBytes = MemoryBound.Compute(prepared.PictureFormat, PipelineOptions.DefaultQueueCapacity, prepared.Latencies, prepared.ExtraPictures)
                + WorkingMemory.BytesOf(prepared),
            Ffmpeg = new(prepared.Tools.FfmpegPath, prepared.Tools.Version),
            Warnings = [.. prepared.Warnings.Select(w => new MattingResult.Warning(w.Code, w.Message, w.Frame))],
        };
    }

    public static MattingResult.UsedModel ModelOf(ModelFile model) =>
        new(model.Id, model.Sha256, model.Licence, model.Family ?? ModelFamily.Rvm, model.Entry?.Parts ?? []);

    private static IEnumerable<string> MattesOf(PreparedJob prepared)
    {
        MatteSettings mattes = prepared.Job.Mattes;
        if (mattes.AlphaIn is { } given)
            yield return $"alpha-in {given}";
        if (mattes.Trimap is { } trimap)
            yield return $"trimap {trimap}{(prepared.CarriesTrimap ? " carried" : "")}";
        if (mattes.RefinesBand)
            yield return "refine band";
        foreach (string subject in mattes.Subjects)
            yield return $"subject {subject}";
        if (mattes.IncludeSourceAlpha)
            yield return "source-alpha";
        foreach (string step in mattes.Edges.Steps)
            yield return step;
        if (mattes.Include is { } include)
            yield return $"include {include}";
        if (mattes.Exclude is { } exclude)
            yield return $"exclude {exclude}";
    }

    private static string AlphaOf(OutputSpec output) =>
        output.MatteOnly ? "matte" : !output.HasAlpha ? "none" : output.Premultiplied ? "premultiplied" : "straight";
}
