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
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--start", "1,5")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--start", "00:75:00")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--start", "2", "--end", "1.9")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--frames", "0")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--rate", "fast")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--size", "640")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--deinterlace", "maybe")]
    [InlineData("matte", "in.mp4", "-o", "out.mov", "--include-source-alpha")]
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
