using VideoMatte.Media.Pipes;

namespace VideoMatte.Cli.Tests;

/// <summary>One call of the program inside this process.</summary>
internal sealed record CliRun(int Exit, string Out, string Err)
{
    public static async Task<CliRun> OfAsync(
        string[] args, IReadOnlyDictionary<string, string>? environment = null, string input = "", bool canAsk = false, CancellationToken stop = default,
        StandardStreams? streams = null)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        string? Variable(string name) => environment is not null && environment.TryGetValue(name, out string? value)
            ? value.Length == 0 ? null : value
            : System.Environment.GetEnvironmentVariable(name);
        var terminal = new Terminal(output, error, new StringReader(input), canAsk, ErrIsTerminal: false, Variable)
        {
            Streams = streams ?? StandardStreams.None,
        };
        int exit = await VideoMatteProgram.RunAsync(args, terminal, stop);
        return new(exit, output.ToString(), error.ToString());
    }

    /// <summary>The only line on standard error that is an error.</summary>
    public string Sentence => Err.Split('\n', StringSplitOptions.RemoveEmptyEntries).Single(l => l.StartsWith("videomatte: ", StringComparison.Ordinal));
}
