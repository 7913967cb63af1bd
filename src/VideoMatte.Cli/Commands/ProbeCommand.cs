using System.CommandLine;
using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli.Commands;

/// <summary>What is in a file.</summary>
internal static class ProbeCommand
{
    public static Command Build(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "Any video or image file, or a folder or pattern of pictures." };
        var json = MatteOptions.Switch("--json", "Print one JSON document on standard output.");
        var ffmpeg = MatteOptions.Text("--ffmpeg", "PATH", "The ffmpeg to use; default: VIDEOMATTE_FFMPEG, then PATH.");
        var command = new Command("probe", "Show what is in a file: size, rate, colour, sound.") { file, json, ffmpeg };
        command.SetAction(async (parsed, stop) =>
        {
            FfmpegTools tools = await FfmpegTools.LocateAsync(parsed.GetValue(ffmpeg), terminal.Environment, stop).ConfigureAwait(false);
            MediaInfo info = await MediaProbe.ProbeAsync(tools, parsed.GetValue(file)!, null, MattingJob.DefaultMaxPixels, stop).ConfigureAwait(false);
            if (parsed.GetValue(json))
                await terminal.Out.WriteLineAsync(ResultJson.Of(ProbeReport.Of(info)).AsMemory(), stop).ConfigureAwait(false);
            else
                Print(info, terminal);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(MediaInfo info, Terminal terminal)
    {
        ProbeReport report = ProbeReport.Of(info);
        TextWriter to = terminal.Out;
        CultureInfo culture = CultureInfo.InvariantCulture;
        to.WriteLine($"{SafeText.Show(report.File)}: {SafeText.Show(report.Format)}{(report.Seconds is { } s ? string.Create(culture, $", {s:0.###} s") : string.Empty)}");
        if (report.Video is { } v)
        {
            string frames = v.Frames is { } n ? string.Create(culture, $", {n} frames") : string.Empty;
            to.WriteLine(string.Create(culture, $"  video: {SafeText.Show(v.Codec)} {SafeText.Show(v.PixelFormat)} {v.Width}x{v.Height}, {v.Rate} fps{frames}{(v.HasAlpha ? ", with alpha" : string.Empty)}"));
            to.WriteLine($"  colour: matrix {v.Matrix}, {v.Range} range, primaries {v.Primaries}, transfer {v.Transfer}, chroma {v.ChromaSiting}");
        }

        foreach (ProbeReport.AudioStream a in report.Audio)
            to.WriteLine(string.Create(culture, $"  audio: {SafeText.Show(a.Codec)} {a.SampleRate} Hz, {a.Channels} channels"));
        foreach ((string key, string value) in report.Tags)
            to.WriteLine($"  tag: {SafeText.Show(key)} = {SafeText.Show(value)}");
    }
}
