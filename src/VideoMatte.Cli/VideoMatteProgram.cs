using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using VideoMatte.Cli.Commands;
using VideoMatte.Frames;

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
            EvaluateCommand.Build(terminal),
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
        ParseResult? parsed = null;
        try
        {
            parsed = Build(terminal).Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
            if (parsed.Action is not HelpAction && Mistake(parsed) is { } mistake)
                throw new MatteException(ErrorKind.Usage, "usage", mistake);
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
            if (report.Code != AnswerWriter.Unwritable && args.TakeWhile(a => a != "--").Contains("--json", StringComparer.Ordinal))
                await terminal.Out.WriteLineAsync(report.ToJson(args[0], parsed is null ? [] : Inputs(parsed)).AsMemory(), CancellationToken.None).ConfigureAwait(false);
            return report.Exit;
        }
    }

    /// <summary>The files that a command line names, as far as it could be read.</summary>
    private static string[] Inputs(ParseResult parsed) =>
        [.. parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value).Where(v => v == "-" || !v.StartsWith('-'))];

    /// <summary>What is wrong with the words on the command line, as one sentence; null: nothing.</summary>
    private static string? Mistake(ParseResult parsed)
    {
        bool root = parsed.CommandResult.Command is RootCommand;
        string see = $"see videomatte {(root ? string.Empty : parsed.CommandResult.Command.Name + " ")}--help.";
        if (root && parsed.UnmatchedTokens.FirstOrDefault(t => !t.StartsWith('-')) is { } verb)
            return $"There is no verb '{verb}'; {see}";
        if (UnknownOption(parsed) is { } option)
            return $"There is no option {option}; {see}";
        return parsed.Errors.Count > 0 ? $"{parsed.Errors[0].Message.TrimEnd('.')}; {see}" : null;
    }

    /// <summary>A verb that takes files would take a mistyped option for one more. Before <c>--</c> a word that begins with a dash is a file
    /// only where that file exists.</summary>
    private static string? UnknownOption(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens.FirstOrDefault(t => t.StartsWith('-')) is { } unmatched)
            return unmatched;
        HashSet<Token> literal = [.. parsed.Tokens.SkipWhile(t => t.Type != TokenType.DoubleDash)];
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens)
            .FirstOrDefault(t => t.Value.Length > 1 && t.Value[0] == '-' && !literal.Contains(t) && !File.Exists(t.Value))?.Value;
    }
}
