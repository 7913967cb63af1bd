using System.CommandLine;
using VideoMatte.Frames;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli.Commands;

/// <summary>The main job on the clips that come with the program, with the built-in model: no download, no choice to make.</summary>
internal static class DemoCommand
{
    /// <summary>A plain colour far from both scenes: a bad edge has nowhere to hide.</summary>
    private const string BackgroundColour = "#17324d";

    private const int SheetFrames = 8;

    public static Command Build(Terminal terminal)
    {
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder to write to.",
            HelpName = "FOLDER",
            Arity = ArgumentArity.ExactlyOne,
            DefaultValueFactory = _ => Path.Combine("out", "demo"),
        };
        var ffmpeg = MatteOptions.Text("--ffmpeg", "PATH", "The ffmpeg to use; default: VIDEOMATTE_FFMPEG, then PATH.");
        var quiet = MatteOptions.Switch("--quiet", "No progress.");
        var command = new Command("demo", "Matte the sample clips with the built-in model into out/demo/.") { output, ffmpeg, quiet };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(output)!, parsed.GetValue(ffmpeg), parsed.GetValue(quiet), terminal, stop));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string? ffmpeg, bool quiet, Terminal terminal, CancellationToken stop)
    {
        string clips = Path.Combine(AppContext.BaseDirectory, "clips");
        string[] inputs = Directory.Exists(clips) ? [.. Directory.EnumerateFiles(clips, "*.mp4").Order(StringComparer.Ordinal)] : [];
        if (inputs.Length == 0)
            throw new MatteException(ErrorKind.Input, "no-clips", $"The sample clips are not in '{clips}'; build the program again.");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MatteException(ErrorKind.Output, "output-folder-missing", $"The folder '{folder}' cannot be made: {error.Message}", error);
        }

        MattingService service = Services.Matting(terminal);
        foreach (string input in inputs)
            foreach (MattingJob job in Jobs(input, folder, ffmpeg))
            {
                stop.ThrowIfCancellationRequested();
                var progress = new ConsoleProgress(terminal, TimeProvider.System);
                MattingResult result = await service.RunAsync(job, quiet ? null : progress, stop).ConfigureAwait(false);
                progress.Clear();
                MatteSummary.Print(result, quiet, terminal);
                if (job.ContactSheet is { } sheet && !quiet)
                    terminal.Say($"wrote {SafeText.Show(sheet)} (picture, alpha, cutout)");
            }

        return ExitCode.Done;
    }

    /// <summary>An alpha clip for editors, one for browsers and OBS, a composite to look at, and the contact sheet.</summary>
    private static IEnumerable<MattingJob> Jobs(string input, string folder, string? ffmpeg)
    {
        string At(string suffix) => Path.Combine(folder, Path.GetFileNameWithoutExtension(input) + suffix);
        var common = new MattingJob { Input = input, Model = "plate", Overwrite = true, Ffmpeg = ffmpeg };
        yield return common with { Output = At(".mov"), ContactSheet = At("-sheet.png"), ContactSheetFrames = SheetFrames };
        yield return common with { Output = At(".webm") };
        yield return common with { Output = At("-composite.mp4"), Background = BackgroundColour };
    }
}
