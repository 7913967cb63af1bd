using System.Text.Json;
using Xunit;

namespace VideoMatte.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--no-such-option")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--provider", "quantum")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--downsample-ratio", "0")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--downsample-ratio", "0,5")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--smoothing-strength", "1.5")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--smoothing-window", "4")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--smoothing-window", "0+0")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--smoothing-window", "-1+2")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--smoothing-window", "12+12")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--smoothing-window", "2147483647+2147483647")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--preview", "0")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--warmup", "-1")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--matte-levels", "0.9,0.1")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--matte-grow", "40")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--matte-grow", "wide")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--matte-feather", "-1")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--matte-despeckle", "2,5")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--alpha-in", "a.mkv", "--model", "plate")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--alpha-in", "a.mkv", "--downsample-ratio", "0.5")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--alpha-in", "a.mkv", "--clean-plate", "b.png")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--start", "1,5")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--start", "00:75:00")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--start", "2", "--end", "1.9")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--frames", "0")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--rate", "fast")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--size", "640")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--deinterlace", "maybe")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--trimap", "")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--include", "")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--exclude", "")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--alpha-in", "")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--clean-plate", "")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--json-out", "")]
    [InlineData("matte", "in.mp4", "-o", "")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--warmup", "some")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--warmup", "251")]
    [InlineData("matte", "in.mp4")]
    [InlineData("matte")]
    [InlineData("nonsense")]
    [InlineData("live")]
    [InlineData("models", "get")]
    [InlineData("models", "add", "x.onnx")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--upsampling", "sharp")]
    public async Task Run_WrongUse_Exits2WithOneSentence(params string[] args)
    {
        CliRun run = await CliRun.OfAsync(args);
        Assert.Equal(2, run.Exit);
        Assert.Equal(string.Empty, run.Out);
        Assert.NotEmpty(run.Sentence);
        Assert.Single(run.Err.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A verb that takes files must not take a mistyped option for one of them, wherever it stands.</summary>
    [Theory]
    [InlineData("--overwrit", "matte", "in.mp4", "-o", "q_{name}.mov", "--overwrit")]
    [InlineData("--bogus", "matte", "--bogus", "in.mp4", "-o", "out.mov")]
    [InlineData("--bogus", "matte", "in.mp4", "--bogus", "--preview", "3")]
    [InlineData("-x", "matte", "in.mp4", "-x", "-o", "out.mov")]
    [InlineData("--bogus", "probe", "--bogus")]
    [InlineData("--bogus", "models", "show", "--bogus")]
    [InlineData("--bogus", "--bogus")]
    public async Task Run_UnknownOption_Exits2AndNamesIt(string option, params string[] args)
    {
        CliRun run = await CliRun.OfAsync(args);
        Assert.Equal(2, run.Exit);
        Assert.Contains($"There is no option {option};", run.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnknownVerb_NamesIt()
    {
        CliRun run = await CliRun.OfAsync(["matt", "in.mp4", "-o", "out.mov"]);
        Assert.Equal(2, run.Exit);
        Assert.Contains("There is no verb 'matt'", run.Sentence, StringComparison.Ordinal);
    }

    /// <summary>With --json standard output is one document, whatever went wrong and however early.</summary>
    [Theory]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--bogus", "--json")]
    [InlineData("matte", "a.mp4", "b.mp4", "-o", "no-such-folder", "--json")]
    [InlineData("matte", "in.mp4", "--json")]
    [InlineData("probe", "no-such-file.mp4", "--json")]
    public async Task Run_FailureWithJson_PrintsOneDocument(params string[] args)
    {
        CliRun run = await CliRun.OfAsync(args);
        Assert.NotEqual(0, run.Exit);
        JsonElement document = JsonDocument.Parse(run.Out).RootElement;
        // Several inputs give an array, as they do when they are matted.
        foreach (JsonElement result in document.ValueKind == JsonValueKind.Array ? document.EnumerateArray().ToArray() : [document])
            Assert.Equal(run.Exit, result.GetProperty("error").GetProperty("exit").GetInt32());
    }

    /// <summary>Whoever reads the results has to know whose they are.</summary>
    [Fact]
    public async Task Matte_FailureBeforeAnyJob_NamesTheInputs()
    {
        CliRun one = await CliRun.OfAsync(["matte", "in.mp4", "-o", "out.mov", "--bogus", "--json"]);
        Assert.Equal("in.mp4", JsonDocument.Parse(one.Out).RootElement.GetProperty("input").GetString());
        CliRun two = await CliRun.OfAsync(["matte", "a.mp4", "b.mp4", "-o", "no-such-folder", "--json"]);
        Assert.Equal(["a.mp4", "b.mp4"], JsonDocument.Parse(two.Out).RootElement.EnumerateArray().Select(r => r.GetProperty("input").GetString()));
        CliRun none = await CliRun.OfAsync(["matte", "--json"]);
        Assert.Equal(string.Empty, JsonDocument.Parse(none.Out).RootElement.GetProperty("input").GetString());
    }

    [Fact]
    public async Task Matte_SeveralInputsWithOneAlphaOut_AreRefusedBeforehand()
    {
        CliRun run = await CliRun.OfAsync(["matte", "a.mp4", "b.mp4", "-o", "{name}.mov", "--alpha-out", "m.mkv"]);
        Assert.Equal(2, run.Exit);
        Assert.Contains("m.mkv", run.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_VerbOfALaterVersion_SaysNotYet()
    {
        CliRun run = await CliRun.OfAsync(["live"]);
        Assert.Contains("live is not there yet", run.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_HostileOptionName_IsShownEscaped()
    {
        CliRun run = await CliRun.OfAsync(["matte", "in.mp4", "--\x1b]0;owned\x07"]);
        Assert.Equal(2, run.Exit);
        Assert.DoesNotContain('\x1b', run.Err);
    }
}
