using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>A finished run as a result to print.</summary>
internal static class ResultReport
{
    public static MattingResult Of(
        PreparedJob prepared, OpenedSource source, PipelineResult run, IMattingModel model, double seconds, long peakMemoryBytes)
    {
        VideoStreamInfo video = prepared.Source.Video;
        IReadOnlyList<MatteWarning> warnings = [.. prepared.Warnings, .. run.Warnings];
        return new MattingResult
        {
            Input = prepared.Job.Input,
            Outputs = [.. run.Files.Select(f => new MattingResult.Output(f.Path, f.Preset, f.Bytes))],
            FramesIn = source.Conforming?.FramesRead ?? run.FramesIn,
            FramesOut = FramesOut(source, run),
            Width = prepared.Format.Width,
            Height = prepared.Format.Height,
            Rate = (prepared.Reading.Rate ?? video.AverageRate ?? video.NominalRate)?.ToString(),
            Model = PlanReport.ModelOf(prepared.Model),
            Provider = model.Info.Provider,
            DownsampleRatio = model.Info.DownsampleRatio,
            Selection = SelectionReport.Of(prepared.Job.Source.Selection, source),
            Conform = source.Conforming is { } conform
                ? new(conform.Rate.ToString(), conform.FramesRepeated, conform.FramesDropped)
                : null,
            Shots = [.. run.Shots.Select(s => new MattingResult.Shot(FrameOf(s, source), s.Kind))],
            Smoothing = prepared.Smoothing,
            SmoothingStrength = SmoothingRules.UsedStrength(prepared),
            SmoothingWindow = SmoothingRules.UsedWindow(prepared),
            Warmup = prepared.Warmup,
            Fallback = [.. model.Fallbacks.Select(f => new MattingResult.FallbackRange(f.From, f.To, f.Reason))],
            Seconds = Math.Round(seconds, 3),
            Fps = run.Seconds > 0 ? Math.Round(FramesOut(source, run) / run.Seconds, 2) : 0,
            Stages = [.. run.Stages.Select(s => new MattingResult.Stage(s.Name, Math.Round(s.Busy, 3), s.Frames))],
            PeakMemoryBytes = peakMemoryBytes,
            MemoryBoundBytes = run.MemoryBoundBytes,
            Ffmpeg = new(prepared.Tools.FfmpegPath, prepared.Tools.Version),
            Warnings = [.. warnings.Select(w => new MattingResult.Warning(w.Code, w.Message, w.Frame))],
            NotAsAsked = warnings.Any(w => w.NotAsAsked),
        };
    }

    /// <summary>At another rate frames are repeated behind the pipeline, in the file.</summary>
    private static long FramesOut(OpenedSource source, PipelineResult run) =>
        source.Conforming is not null && run.Files.Count > 0 ? run.Files[0].Frames : run.FramesOut;

    /// <summary>The shot's first frame in the output.</summary>
    private static long FrameOf(PipelineShot shot, OpenedSource source) =>
        source.Conforming is { } conform ? ((shot.Time - conform.Start) * conform.Rate).ToTicks(Rational.One) : shot.Start;
}
