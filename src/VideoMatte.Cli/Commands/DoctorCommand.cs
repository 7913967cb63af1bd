using System.CommandLine;
using VideoMatte.Frames;

namespace VideoMatte.Cli.Commands;

/// <summary>What is on this machine, and, asked to, what it lacks.</summary>
internal static class DoctorCommand
{
    public static Command Build(Terminal terminal)
    {
        var fix = MatteOptions.Switch("--fix", "Install what is missing; asks first, goes on by itself only as root, with CI=true or with --yes.");
        var yes = MatteOptions.Switch("--yes", "Answer yes to the question.");
        var json = MatteOptions.Switch("--json", "Print one JSON document on standard output.");
        var ffmpeg = MatteOptions.Text("--ffmpeg", "PATH", "The ffmpeg to use; default: VIDEOMATTE_FFMPEG, then PATH.");
        var quiet = MatteOptions.Switch("--quiet", "Say nothing where all is well.");
        var command = new Command("doctor", "Show what this machine has: ffmpeg, ONNX Runtime, providers, models.") { fix, yes, json, ffmpeg, quiet };
        command.SetAction(async (parsed, stop) =>
        {
            bool wantsFix = parsed.GetValue(fix);
            FfmpegCheck found = await FfmpegCheck.RunAsync(parsed.GetValue(ffmpeg), terminal, stop).ConfigureAwait(false);
            if (wantsFix && !found.Usable)
            {
                await FfmpegInstaller.InstallAsync(terminal, parsed.GetValue(yes), stop).ConfigureAwait(false);
                found = await FfmpegCheck.RunAsync(parsed.GetValue(ffmpeg), terminal, stop).ConfigureAwait(false);
            }

            if (!(parsed.GetValue(quiet) && found.Usable))
            {
                DoctorReport report = DoctorReport.Of(found, terminal);
                if (parsed.GetValue(json))
                    await terminal.Out.WriteLineAsync(ResultJson.Of(report).AsMemory(), stop).ConfigureAwait(false);
                else
                    report.Print(terminal.Out);
            }

            return found.Usable ? ExitCode.Done : (int)ErrorKind.Input;
        });
        return command;
    }
}
