using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>The JSON that scripts read: its fields are a contract, held by a golden file and documented in the README.</summary>
public sealed class ResultTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_OfARunAPlanAndAnError_HaveTheFieldsOfTheGoldenFile()
    {
        string clip = await ClipAsync("a");
        CliRun run = await CliRun.OfAsync(["matte", clip, "--model", "plate", "-o", _folder["x.mov"], "--json", "--json-out", _folder["x.json"]]);
        Assert.True(run.Exit == 0, run.Err);
        Assert.Equal(run.Out.Trim(), (await File.ReadAllTextAsync(_folder["x.json"])).Trim());
        Assert.Equal("start", JsonDocument.Parse(run.Out).RootElement.GetProperty("shots")[0].GetProperty("kind").GetString());
        CliRun plan = await CliRun.OfAsync(["matte", clip, "--model", "plate", "-o", _folder["y.mov"], "--dry-run"]);
        Assert.False(File.Exists(_folder["y.mov"]));
        CliRun error = await CliRun.OfAsync(["matte", _folder["nope.mp4"], "--model", "plate", "-o", _folder["y.mov"], "--json"]);
        GoldenFile.Check("tests/VideoMatte.Cli.Tests/Golden/result.txt",
            $"# result\n{Shape(run.Out)}\n# plan\n{Shape(plan.Out)}\n# error\n{Shape(error.Out)}\n");
    }

    [Fact]
    public async Task Json_OfSeveralInputs_IsAnArrayAndOneFailureDoesNotStopTheOthers()
    {
        string a = await ClipAsync("a"), b = await ClipAsync("b");
        Directory.CreateDirectory(_folder["out"]);
        CliRun run = await CliRun.OfAsync(["matte", a, _folder["nope.mp4"], b, "--model", "plate", "-o", _folder["out"], "--json"]);
        Assert.Equal(3, run.Exit);
        JsonElement[] results = [.. JsonDocument.Parse(run.Out).RootElement.EnumerateArray()];
        Assert.Equal([false, true, false], results.Select(r => r.GetProperty("error").ValueKind == JsonValueKind.Object));
        Assert.True(File.Exists(_folder["out/a.mov"]) && File.Exists(_folder["out/b.mov"]));
    }

    /// <summary>A plan is a promise: what the run would refuse, the plan refuses.</summary>
    [Theory]
    [InlineData(3, "--background", "no-such-picture.jpg")]
    [InlineData(3, "--clean-plate", "no-such-picture.jpg")]
    [InlineData(5, "--provider", "coreml")]
    public async Task DryRun_OfWhatCannotRun_IsRefused(int exit, string option, string value)
    {
        CliRun run = await CliRun.OfAsync(["matte", await ClipAsync("a"), "--model", "plate", "-o", _folder["y.mov"], "--dry-run", option, value]);
        Assert.True(run.Exit == exit, $"exit {run.Exit}: {run.Err}{run.Out}");
    }

    /// <summary>Frames alone, by hand: taken as they come; then what each further file and the network add to it.</summary>
    [Fact]
    public async Task MemoryBound_CountsNetworkAndSideFiles()
    {
        await ClipAsync("a");
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=160x90", "-frames:v", "1", _folder["behind.png"]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=white:s=320x180", "-frames:v", "1", "-pix_fmt", "gray", _folder["m.png"]);
        long pixels = 160 * 90, frame = pixels * 3 / 2, matte = pixels * 2;
        long given = await BoundAsync("--alpha-in", _folder["m.png"], "-o", _folder["y.mov"], "--foreground", "source");
        long plate = await BoundAsync("--model", "plate", "--warmup", "0", "-o", _folder["y.mov"], "--foreground", "source");
        // Seven floats a pixel, and the plate's three modes of five floats, twice, at ratio 1; the given matte's frames are not there.
        long network = pixels * 7 * 4, states = 2 * 4 * 15 * pixels, side = (5 * pixels * 4) + (2 * pixels * 4) + matte;
        Assert.Equal(network + states - side, plate - given);
        long composite = await BoundAsync("--model", "plate", "--warmup", "0", "-o", _folder["y.mov"], "--foreground", "source", "--background", _folder["behind.png"]);
        // A stage more (two queued, two in hand), a rendered picture with each of all frames, five frames of the background.
        long frames = (plate - network - states) / (frame + matte);
        Assert.Equal(((frames + 4) * ((2 * frame) + matte)) + (5 * frame) + network + states, composite);
    }

    private async Task<long> BoundAsync(params string[] more)
    {
        CliRun run = await CliRun.OfAsync(["matte", _folder["a.mp4"], .. more, "--dry-run"]);
        Assert.True(run.Exit == 0, run.Err);
        return JsonDocument.Parse(run.Out).RootElement.GetProperty("memoryBoundBytes").GetInt64();
    }

    [Fact]
    public async Task JsonOut_IntoAFolderThatIsNotThere_IsRefusedBeforeTheWork()
    {
        CliRun run = await CliRun.OfAsync(
            ["matte", await ClipAsync("a"), "--model", "plate", "-o", _folder["y.mov"], "--json-out", _folder["nowhere/x.json"]]);
        Assert.Equal(6, run.Exit);
        Assert.False(File.Exists(_folder["y.mov"]));
    }

    [Fact]
    public async Task Preview_WritesASheetAndNoClip()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=4", "-pix_fmt", "yuv420p", _folder["p.mp4"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["p.mp4"], "--model", "plate", "--preview", "4", "-o", _folder["clip.mov"], "--json"]);
        Assert.True(run.Exit == 0, run.Err);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        // Which moments they are depends on how much was scanned for shots in the time there is.
        double[] times = [.. result.GetProperty("times").EnumerateArray().Select(t => t.GetDouble())];
        Assert.Equal(4, times.Length);
        Assert.Equal(times.Order().Distinct(), times);
        Assert.All(times, t => Assert.Equal(Math.Round(t * 25), t * 25, 0.03));
        Assert.True(result.GetProperty("estimatedSeconds").GetDouble() > 0);
        Assert.True(result.GetProperty("estimatedBytes").GetInt64() > 0);
        Assert.True(File.Exists(_folder["clip-preview.png"]));
        Assert.False(File.Exists(_folder["clip.mov"]));

        // Pictures are tried as they would be written, several of them.
        run = await CliRun.OfAsync(["matte", _folder["p.mp4"], "--model", "plate", "--end", "0.2", "--preview", "2", "--preset", "tiff", "-o", _folder["few.tif"], "--json"]);
        Assert.True(run.Exit == 0, run.Err);
        Assert.Equal(["few-preview.png"], Directory.EnumerateFiles(_folder.Path, "few*").Select(Path.GetFileName));
    }

    /// <summary>The README names no option that is not there, and every field of the result.</summary>
    [Fact]
    public async Task Readme_NamesOnlyOptionsThatExistAndEveryFieldOfTheResult()
    {
        string readme = await File.ReadAllTextAsync(Path.Combine(SharedData.RepositoryRoot, "README.md"));
        string help = await File.ReadAllTextAsync(Path.Combine(SharedData.RepositoryRoot, "tests/VideoMatte.Cli.Tests/Golden/help.txt"));
        foreach (string option in System.Text.RegularExpressions.Regex.Matches(readme, @"(?<=[\s`(])--[a-z][a-z-]+").Select(m => m.Value).Except(["--filter"]).Distinct())
            Assert.Contains($"  {option}", help.Replace(", --", ",   --", StringComparison.Ordinal), StringComparison.Ordinal);
        string golden = await File.ReadAllTextAsync(Path.Combine(SharedData.RepositoryRoot, "tests/VideoMatte.Cli.Tests/Golden/result.txt"));
        foreach (string line in golden.Split("# plan")[0].Split('\n').Skip(1).Where(l => l.Length > 0))
            Assert.Contains(line.Split(' ')[0].Split('.')[^1].Replace("[]", string.Empty, StringComparison.Ordinal), readme, StringComparison.Ordinal);
    }

    private async Task<string> ClipAsync(string name)
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=0.4", "-pix_fmt", "yuv420p", _folder[name + ".mp4"]);
        return _folder[name + ".mp4"];
    }

    /// <summary>Every path in the document with its kind; of an array its first element.</summary>
    internal static string Shape(string json) => string.Join('\n', Paths(JsonDocument.Parse(json).RootElement, string.Empty));

    private static IEnumerable<string> Paths(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Paths(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}")),
        JsonValueKind.Array when element.GetArrayLength() > 0 => Paths(element[0], path + "[]"),
        JsonValueKind.Array => [$"{path}[] (empty)"],
        _ => [$"{path} {element.ValueKind.ToString().ToLowerInvariant()}"],
    };
}
