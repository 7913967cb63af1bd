using System.CommandLine;
using VideoMatte.Frames;
using VideoMatte.Media.Pipes;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli.Commands;

/// <summary>The main job.</summary>
internal static class MatteCommand
{
    public static Command Build(Terminal terminal)
    {
        var command = new Command("matte", "Cut the subject out of clips and write them with an alpha channel.");
        var options = new MatteOptions();
        options.AddTo(command);
        IReadOnlyList<Option> later = NotYet.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            NotYet.Refuse(parsed, later);
            return RunAsync(options.Read(parsed), terminal, stop);
        });
        return command;
    }

    public static async Task<int> RunAsync(MatteRequest request, Terminal terminal, CancellationToken stop)
    {
        if (request.Preview is null && !request.DryRun && request.Jobs.Any(j => j.Output is null && j.AlphaOutput is null && j.Foreground.Output is null))
            throw new MatteException(ErrorKind.Usage, "no-output", "Nothing to write: name a file with -o.");
        if (request.Json && !request.DryRun && request.Jobs.Any(j => j.Output == StandardStreams.Name))
            throw new MatteException(ErrorKind.Usage, "output-pipe", "-o - and --json both write to standard output: write the result to a file with --json-out.");
        if (request.JsonOut is { } target && Path.GetDirectoryName(Path.GetFullPath(target)) is { } parent && !Directory.Exists(parent))
            throw new MatteException(ErrorKind.Output, "json-out", $"The folder of --json-out, '{parent}', does not exist: make it first.");
        var results = new List<object>();
        int exit = ExitCode.Done;
        foreach (MattingJob job in request.Jobs)
        {
            (object result, int one) = await RunOneAsync(request, job, terminal, stop).ConfigureAwait(false);
            results.Add(result);
            exit = exit == ExitCode.Done ? one : exit;
            if (one == ExitCode.Stopped)
                break;
        }

        string json = ResultJson.Of(request.Jobs.Count == 1 ? results[0] : results);
        if (request.Json || request.DryRun)
            await terminal.Out.WriteLineAsync(json.AsMemory(), CancellationToken.None).ConfigureAwait(false);
        if (request.JsonOut is not { } file || await WriteJsonAsync(file, json).ConfigureAwait(false) is not { } problem)
            return exit;
        terminal.Say("videomatte: " + SafeText.Show(problem));
        return exit == ExitCode.Done ? ExitCode.Output : exit;
    }

    private static async Task<(object Result, int Exit)> RunOneAsync(MatteRequest request, MattingJob job, Terminal terminal, CancellationToken stop)
    {
        var progress = new ConsoleProgress(terminal, TimeProvider.System);
        try
        {
            MattingService service = Services.Matting(terminal);
            if (request.DryRun)
                return (await service.PlanAsync(job, stop).ConfigureAwait(false), ExitCode.Done);
            if (request.Preview is { } frames)
            {
                PreviewResult preview = await service.PreviewAsync(job, frames, stop).ConfigureAwait(false);
                MatteSummary.Print(preview, terminal);
                return (preview, ExitCode.Done);
            }

            MattingResult result = await service.RunAsync(job, request.Quiet ? null : progress, stop).ConfigureAwait(false);
            progress.Clear();
            MatteSummary.Print(result, request.Quiet, terminal);
            return (result, result.NotAsAsked && !job.Lenient ? ExitCode.NotAsAsked : ExitCode.Done);
        }
        catch (Exception error)
        {
            progress.Clear();
            ErrorReport report = ErrorReport.Of(error);
            report.Print(terminal, error, request.Verbose);
            return (new MattingResult
            {
                Input = job.Input,
                Error = new(report.Code, report.Exit, report.Message, report.Stage, report.Frame),
            }, report.Exit);
        }
    }

    /// <returns>What went wrong; null: nothing. The job is done by then, and its document printed.</returns>
    private static async Task<string?> WriteJsonAsync(string file, string json)
    {
        try
        {
            await File.WriteAllTextAsync(file, json + "\n", CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"The result could not be written to '{file}': {error.Message}";
        }
    }
}
