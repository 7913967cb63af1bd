using System.CommandLine;
using VideoMatte.Evaluation.Synth;
using VideoMatte.Frames;
using VideoMatte.Media;

namespace VideoMatte.Cli.Commands;

/// <summary>Draws the sample clips again.</summary>
internal static class SynthCommand
{
    public static Command Build(Terminal terminal)
    {
        var sample = MatteOptions.Switch("--sample", "Draw the sample clips, with sound.");
        var withAlpha = MatteOptions.Switch("--with-alpha", "Also write their exact alpha, NAME_alpha.mkv (FFV1, gray16).");
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder to write to.",
            HelpName = "FOLDER",
            Arity = ArgumentArity.ExactlyOne,
            DefaultValueFactory = _ => "clips",
        };
        var ffmpeg = MatteOptions.Text("--ffmpeg", "PATH", "The ffmpeg to use; default: VIDEOMATTE_FFMPEG, then PATH.");
        var command = new Command("synth", "Draw test clips whose alpha is exact.") { sample, withAlpha, output, ffmpeg };
        command.SetAction(async (parsed, stop) =>
        {
            if (!parsed.GetValue(sample))
                throw new MatteException(ErrorKind.Usage, "nothing-to-do", "synth draws --sample in this version; add that.");
            FfmpegTools tools = await FfmpegTools.LocateAsync(parsed.GetValue(ffmpeg), terminal.Environment, stop).ConfigureAwait(false);
            var writer = new SampleClipWriter(tools, TimeProvider.System);
            foreach (SampleClip clip in SampleClips.All)
                foreach (WrittenFile file in await writer.WriteAsync(clip, parsed.GetValue(output)!, parsed.GetValue(withAlpha), null, stop).ConfigureAwait(false))
                    terminal.Say($"wrote {SafeText.Show(file.Path)} ({MatteSummary.Size(file.Bytes)})");
            return ExitCode.Done;
        });
        return command;
    }
}
