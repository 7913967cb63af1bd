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
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--preview", "0")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--trimap", "auto")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--start", "1.5")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--matte-levels", "0.9,0.1")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--matte-grow", "40")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--matte-grow", "wide")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--matte-feather", "-1")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--matte-despeckle", "2,5")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--alpha-in", "a.mkv", "--model", "plate")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--alpha-in", "a.mkv", "--downsample-ratio", "0.5")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--alpha-in", "a.mkv", "--clean-plate", "b.png")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--warmup", "8")]
    [InlineData("matte", "in.mp4")]
    [InlineData("matte")]
    [InlineData("nonsense")]
    [InlineData("live")]
    [InlineData("models", "get", "rvm")]
    public async Task Run_WrongUse_Exits2WithOneSentence(params string[] args)
    {
        CliRun run = await CliRun.OfAsync(args);
        Assert.Equal(2, run.Exit);
        Assert.Equal(string.Empty, run.Out);
        Assert.NotEmpty(run.Sentence);
        Assert.Single(run.Err.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Run_OptionOfALaterVersion_SaysNotYet()
    {
        CliRun run = await CliRun.OfAsync(["matte", "in.mp4", "-o", "out.mov", "--trimap", "auto"]);
        Assert.Contains("--trimap is not there yet", run.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_HostileOptionName_IsShownEscaped()
    {
        CliRun run = await CliRun.OfAsync(["matte", "in.mp4", "--\x1b]0;owned\x07"]);
        Assert.Equal(2, run.Exit);
        Assert.DoesNotContain('\x1b', run.Err);
    }
}
