using System.CommandLine;
using VideoMatte.Frames;

namespace VideoMatte.Cli.Commands;

/// <summary>What the command line is going to hold: known by name, refused until it is there, so that nobody's option is silently ignored.</summary>
internal static class NotYet
{
    public static readonly string[] Verbs = ["live", "compare", "bench", "check", "plan", "run", "join", "status"];

    public static Command Verb(string name) => Verb(name, name);

    /// <param name="name">As typed.</param>
    /// <param name="shown">As the refusal names it.</param>
    public static Command Verb(string name, string shown)
    {
        var command = new Command(name) { Hidden = true, TreatUnmatchedTokensAsErrors = false };
        command.SetAction((Func<ParseResult, int>)(_ => throw Refusal(shown)));
        return command;
    }

    public static MatteException Refusal(string name) =>
        new(ErrorKind.Usage, "not-yet", $"{name} is not there yet in this version; leave it out.");
}
