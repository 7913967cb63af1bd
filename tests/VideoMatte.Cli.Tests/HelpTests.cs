using System.Text;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

public sealed class HelpTests
{
    private static readonly string[][] Pages =
        [[], ["matte"], ["demo"], ["evaluate"], ["synth"], ["probe"], ["models"], ["models", "list"], ["models", "show"], ["models", "get"],
            ["models", "verify"], ["models", "add"], ["doctor"]];

    /// <summary>What the user sees is a contract: a change of it is made on purpose (VIDEOMATTE_UPDATE_GOLDEN=1 writes the file anew).</summary>
    [Fact]
    public async Task Help_OfEveryVerb_EqualsTheGoldenFile()
    {
        var text = new StringBuilder();
        foreach (string[] verb in Pages)
        {
            CliRun run = await CliRun.OfAsync([.. verb, "--help"]);
            Assert.Equal(0, run.Exit);
            Assert.Equal(string.Empty, run.Err);
            text.Append("$ videomatte ").AppendJoin(' ', [.. verb, "--help"]).Append('\n').Append(run.Out.ReplaceLineEndings("\n").TrimEnd()).Append("\n\n");
        }

        GoldenFile.Check("tests/VideoMatte.Cli.Tests/Golden/help.txt", text.ToString());
    }

    [Fact]
    public async Task Help_ListsEveryVerbThatWorks()
    {
        CliRun run = await CliRun.OfAsync(["--help"]);
        foreach (string verb in (string[])["matte", "demo", "evaluate", "synth", "probe", "models", "doctor"])
            Assert.Contains($"\n  {verb}", run.Out, StringComparison.Ordinal);
    }
}
