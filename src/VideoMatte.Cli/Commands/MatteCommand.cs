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
        command.SetAction((parsed, stop) => RunAsync(options.Read(parsed), terminal, stop));
        return command;
    }

    public static async Task<int> RunAsync(MatteRequest request, Terminal terminal, CancellationToken stop)
    {
        if (request.Preview is null && !request.DryRun && request.Jobs.Any(j => j.Output is null && j.AlphaOutput is null && j.Foreground.Output is null))
            throw new MatteException(ErrorKind.Usage, "no-output", "Nothing to write: name a file with -o.");
        if (request.Preview is not null && request.DryRun)
            throw new MatteException(ErrorKind.Usage, "no-effect", "--dry-run prints a plan and --preview writes a sheet; leave one out.");
        if (request.Json && !request.DryRun && request.Jobs.Any(j => j.Output == StandardStreams.Name))
            throw new MatteException(ErrorKind.Usage, "output-pipe", "-o - and --json both write to standard output: write the result to a file with --json-out.");
        request.CheckJsonOut();
        var results = new List<(object Result, int Exit)>();
        foreach (MattingJob job in request.Jobs)
            results.Add(results.Any(r => r.Exit == ExitCode.Stopped)
                ? (NotBegun(job), ExitCode.Stopped)
                : await RunOneAsync(request, job, terminal, stop).ConfigureAwait(false));
        if (results.Count > 1 && !request.Quiet && !request.DryRun && request.Preview is null)
            MatteTable.Print(results.Select(r => ((MattingResult)r.Result, r.Exit)), terminal);
        int exit = ExitOf([.. results.Select(r => r.Exit)]);
        string json = ResultJson.Of(results.Count == 1 ? results[0].Result : results.Select(r => r.Result));
        if (request.Json || request.DryRun)
            await terminal.Out.WriteLineAsync(json.AsMemory(), CancellationToken.None).ConfigureAwait(false);
        if (request.JsonOut is not { } file || await WriteJsonAsync(file, json).ConfigureAwait(false) is not { } problem)
            return exit;
        terminal.Say("videomatte: " + SafeText.Show(problem));
        return exit == ExitCode.Done ? ExitCode.Output : exit;
    }

    /// <summary>A stop is a stop; else the first failure counts, before what finished otherwise than asked.</summary>
    private static int ExitOf(int[] exits) => exits.Contains(ExitCode.Stopped)
        ? ExitCode.Stopped
        : exits.FirstOrDefault(e => e is not (ExitCode.Done or ExitCode.NotAsAsked), exits.Max());

    private static MattingResult NotBegun(MattingJob job) => new()
    {
        Input = job.Input,
        Error = new("stopped", ExitCode.Stopped, "Not begun: the work was stopped before.", null, null),
    };

    private static async Task<(object Result, int Exit)> RunOneAsync(MatteRequest request, MattingJob job, Terminal terminal, CancellationToken stop)
    {
        var progress = new ConsoleProgress(terminal, TimeProvider.System);
        try
        {
            MattingService service = Services.Matting(terminal, (wanted, cancelled) => ModelFetching.BringAsync(wanted, request.Yes, request.Quiet, terminal, cancelled));
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
