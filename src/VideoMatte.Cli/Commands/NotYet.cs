using System.CommandLine;
using VideoMatte.Frames;

namespace VideoMatte.Cli.Commands;

/// <summary>What the command line is going to hold: known by name, refused until it is there, so that nobody's option is silently ignored.</summary>
internal static class NotYet
{
    public static readonly string[] Verbs = ["live", "evaluate", "compare", "bench", "check", "plan", "run", "join", "status"];

    private static readonly string[] MatteOptions =
    [
        "--refine",
    ];

    private static readonly string[] MatteSwitches = [];

    public static Command Verb(string name) => Verb(name, name);

    /// <param name="name">As typed.</param>
    /// <param name="shown">As the refusal names it.</param>
    public static Command Verb(string name, string shown)
    {
        var command = new Command(name) { Hidden = true, TreatUnmatchedTokensAsErrors = false };
        command.SetAction((Func<ParseResult, int>)(_ => throw Refusal(shown)));
        return command;
    }

    /// <summary>Adds the options of later versions to a verb, hidden.</summary>
    public static IReadOnlyList<Option> AddTo(Command matte)
    {
        List<Option> options = [.. MatteOptions.Select(name => new Option<string>(name) { Hidden = true }),
            .. MatteSwitches.Select(name => new Option<bool>(name) { Hidden = true })];
        options.ForEach(matte.Add);
        return options;
    }

    /// <exception cref="MatteException">One of <paramref name="options"/> was given.</exception>
    public static void Refuse(ParseResult parsed, IReadOnlyList<Option> options)
    {
        if (options.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } given)
            throw Refusal(given.Name);
    }

    public static MatteException Refusal(string name) =>
        new(ErrorKind.Usage, "not-yet", $"{name} is not there yet in this version; leave it out.");
}
