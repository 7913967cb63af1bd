using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using VideoMatte.Cli.Commands;

namespace VideoMatte.Cli;

/// <summary>The program without its process: parses, runs a verb, turns what happened into an exit code.</summary>
internal static class VideoMatteProgram
{
    /// <summary>Columns of <c>--help</c>, the same on every terminal so that the pages can be held by a golden file.</summary>
    private const int HelpWidth = 110;

    public static RootCommand Build(Terminal terminal)
    {
        var root = new RootCommand("Cuts people and other subjects out of video and writes clips with a true alpha channel.")
        {
            MatteCommand.Build(terminal),
            DemoCommand.Build(terminal),
            SynthCommand.Build(terminal),
            ProbeCommand.Build(terminal),
            ModelsCommand.Build(terminal),
            DoctorCommand.Build(terminal),
        };
        foreach (string verb in NotYet.Verbs)
            root.Add(NotYet.Verb(verb));
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
            ((HelpAction)help.Action!).MaxWidth = HelpWidth;
        return root;
    }

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken stop)
    {
        bool verbose = args.Contains("--verbose", StringComparer.Ordinal);
        try
        {
            ParseResult parsed = Build(terminal).Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
                return Refuse(terminal, parsed);
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = terminal.Out,
                Error = terminal.Err,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, stop).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            ErrorReport report = ErrorReport.Of(error);
            report.Print(terminal, error, verbose);
            return report.Exit;
        }
    }

    private static int Refuse(Terminal terminal, ParseResult parsed)
    {
        ParseError first = parsed.Errors[0];
        string verb = parsed.CommandResult.Command is RootCommand ? string.Empty : parsed.CommandResult.Command.Name + " ";
        terminal.Say($"videomatte: {SafeText.Show(first.Message.TrimEnd('.'))}; see videomatte {verb}--help.");
        return ExitCode.Usage;
    }
}
