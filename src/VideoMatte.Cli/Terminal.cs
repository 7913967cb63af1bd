using VideoMatte.Media.Pipes;

namespace VideoMatte.Cli;

/// <summary>Where the program talks: standard output carries only what was asked for, messages go to standard error.</summary>
/// <param name="Out">Standard output.</param>
/// <param name="Err">Standard error.</param>
/// <param name="In">Standard input, for a question.</param>
/// <param name="CanAsk">True where standard input and error are a terminal, so that a question reaches a person.</param>
/// <param name="ErrIsTerminal">True where progress may be drawn.</param>
/// <param name="Environment">Reads an environment variable.</param>
internal sealed record Terminal(
    TextWriter Out, TextWriter Err, TextReader In, bool CanAsk, bool ErrIsTerminal, Func<string, string?> Environment)
{
    /// <summary>What <c>-</c> reads and writes. Default: nothing.</summary>
    public StandardStreams Streams { get; init; } = StandardStreams.None;

    public static Terminal OfProcess() => new(
        new AnswerWriter(Console.Out),
        Console.Error,
        Console.In,
        !Console.IsInputRedirected && !Console.IsErrorRedirected,
        !Console.IsErrorRedirected,
        System.Environment.GetEnvironmentVariable)
    {
        Streams = new(
            Console.IsInputRedirected ? Console.OpenStandardInput() : null,
            Console.IsOutputRedirected ? StandardOutput.Open() : null),
    };

    /// <summary>Asks a yes-or-no question; no answer is no.</summary>
    public bool Ask(string question)
    {
        Err.Write(question + " [y/N] ");
        Err.Flush();
        string? answer = In.ReadLine();
        return answer is not null && answer.Trim().StartsWith("y", StringComparison.OrdinalIgnoreCase);
    }

    public void Say(string line) => Err.WriteLine(line);
}
