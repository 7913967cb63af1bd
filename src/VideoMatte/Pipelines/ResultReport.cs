using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>A finished run as a result to print.</summary>
internal static class ResultReport
{
    public static MattingResult Of(PreparedJob prepared, PipelineResult run, MattingModelInfo model, double seconds, long peakMemoryBytes)
    {
        VideoStreamInfo video = prepared.Source.Video;
        IReadOnlyList<MatteWarning> warnings = [.. prepared.Warnings, .. run.Warnings];
        return new MattingResult
        {
            Input = prepared.Job.Input,
            Outputs = [.. run.Files.Select(f => new MattingResult.Output(f.Path, f.Preset, f.Bytes))],
            FramesIn = run.FramesIn,
            FramesOut = run.FramesOut,
            Width = video.Width,
            Height = video.Height,
            Rate = (video.AverageRate ?? video.NominalRate)?.ToString(),
            Model = PlanReport.ModelOf(prepared.Model),
            Provider = model.Provider,
            DownsampleRatio = model.DownsampleRatio,
            Shots = [.. run.Shots.Select(s => new MattingResult.Shot(s.Start, s.Kind))],
            Smoothing = prepared.Smooths ? "average" : "off",
            Seconds = Math.Round(seconds, 3),
            Fps = run.Seconds > 0 ? Math.Round(run.FramesOut / run.Seconds, 2) : 0,
            Stages = [.. run.Stages.Select(s => new MattingResult.Stage(s.Name, Math.Round(s.Busy, 3), s.Frames))],
            PeakMemoryBytes = peakMemoryBytes,
            MemoryBoundBytes = run.MemoryBoundBytes,
            Ffmpeg = new(prepared.Tools.FfmpegPath, prepared.Tools.Version),
            Warnings = [.. warnings.Select(w => new MattingResult.Warning(w.Code, w.Message, w.Frame))],
            NotAsAsked = warnings.Any(w => w.NotAsAsked),
        };
    }
}
