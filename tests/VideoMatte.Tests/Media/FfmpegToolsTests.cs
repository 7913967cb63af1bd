using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

public sealed class FfmpegToolsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact(Timeout = 30_000)]
    public async Task Path_HasFfmpeg_BothProgramsAndAVersionAreFound()
    {
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();

        Assert.True(Path.IsPathFullyQualified(tools.FfmpegPath) && File.Exists(tools.FfmpegPath));
        Assert.True(Path.IsPathFullyQualified(tools.FfprobePath) && File.Exists(tools.FfprobePath));
        Assert.Matches(@"^\S+$", tools.Version);
    }

    [Fact(Timeout = 30_000)]
    public async Task Environment_NamesAnother_ItIsTakenBeforePath()
    {
        string script = Script("ffmpeg", "echo ffmpeg version 77.test Copyright");
        Script("ffprobe", "true");

        FfmpegTools tools = await FfmpegTools.LocateAsync(null, Variables((FfmpegTools.EnvironmentVariable, script)), CancellationToken.None);

        Assert.Equal(new FfmpegTools(script, _folder["ffprobe"], "77.test"), tools);
    }

    [Fact(Timeout = 30_000)]
    public async Task ExplicitPath_IsGiven_ItIsTakenBeforeTheEnvironment()
    {
        string script = Script("ffmpeg", "echo ffmpeg version 78 Copyright");
        Script("ffprobe", "true");

        FfmpegTools tools = await FfmpegTools.LocateAsync(script, Variables((FfmpegTools.EnvironmentVariable, "/nowhere")), CancellationToken.None);

        Assert.Equal("78", tools.Version);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(null, null)]
    [InlineData("/nowhere/ffmpeg", null)]
    [InlineData(null, "/nowhere/ffmpeg")]
    public async Task Ffmpeg_IsNowhere_TheErrorNamesTheCure(string? explicitPath, string? environment)
    {
        MatteException e = await Assert.ThrowsAsync<MatteException>(() => FfmpegTools.LocateAsync(
            explicitPath, Variables((FfmpegTools.EnvironmentVariable, environment), ("PATH", _folder.Path)), CancellationToken.None));

        Assert.Equal((ErrorKind.Input, "ffmpeg-missing"), (e.Kind, e.Code));
        Assert.Contains("videomatte doctor --fix", e.Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("bin")]
    public async Task Path_HasARelativeEntry_ItIsNotSearched(string entry)
    {
        string here = Path.GetFullPath(entry.Length == 0 ? "." : entry);
        bool made = !Directory.Exists(here);
        Directory.CreateDirectory(here);
        string planted = Path.Combine(here, "ffmpeg");
        Assert.False(File.Exists(planted));
        try
        {
            ShellScript.Write(planted, "echo ffmpeg version planted");

            MatteException e = await Assert.ThrowsAsync<MatteException>(() => FfmpegTools.LocateAsync(
                null, Variables(("PATH", $"{entry}{Path.PathSeparator}{entry}")), CancellationToken.None));

            Assert.Equal("ffmpeg-missing", e.Code);
        }
        finally
        {
            File.Delete(planted);
            if (made)
                Directory.Delete(here);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task Program_IsNotFfmpeg_TheErrorSaysSo()
    {
        string script = Script("ffmpeg", "echo I am a teapot");
        Script("ffprobe", "true");

        MatteException e = await Assert.ThrowsAsync<MatteException>(() => FfmpegTools.LocateAsync(script, Variables(), CancellationToken.None));

        Assert.Equal((ErrorKind.Input, "ffmpeg-unusable"), (e.Kind, e.Code));
    }

    [Fact(Timeout = 30_000)]
    public async Task Ffprobe_IsNeitherBesideNorOnPath_TheErrorNamesIt()
    {
        string script = Script("ffmpeg", "echo ffmpeg version 1");

        MatteException e = await Assert.ThrowsAsync<MatteException>(() => FfmpegTools.LocateAsync(script, Variables(), CancellationToken.None));

        Assert.Contains("ffprobe", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Func<string, string?> Variables(params (string Name, string? Value)[] set) =>
        name => set.FirstOrDefault(v => v.Name == name).Value;

    private string Script(string name, string body) => ShellScript.Write(_folder[name], body);
}
