using System.Diagnostics;
using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>Several clips in one call.</summary>
public sealed class SeveralInputsTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Matte_OneOfThreeFails_TheOthersAreDoneAndTheTableSaysSo()
    {
        Directory.CreateDirectory(_folder["out"]);
        string a = await ClipAsync("a.mp4"), b = await ClipAsync("b.mp4"), json = _folder["r.json"];
        CliRun run = await CliRun.OfAsync(["matte", a, _folder["nope.mp4"], b, "--model", "plate", "-o", _folder["out"], "--json-out", json]);
        Assert.Equal(3, run.Exit);
        Assert.Equal(["a.mov", "b.mov"], Directory.EnumerateFiles(_folder["out"]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        string[] table = run.Err[run.Err.IndexOf("\ninput ", StringComparison.Ordinal)..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, table.Length);
        Assert.Equal(["input", "frames", "seconds", "fps", "size", "warnings", "exit", "what went wrong"], table[0].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        string[] first = Cells(table[1]), failed = Cells(table[2]);
        Assert.Equal((a, "3", "0"), (first[0], first[1], first[6]));
        Assert.Matches("^[0-9.]+ (bytes|kB)$", first[4]);
        Assert.Equal((_folder["nope.mp4"], "-", "3"), (failed[0], failed[1], failed[6]));
        Assert.Contains("does not exist", failed[7], StringComparison.Ordinal);
        JsonElement[] results = [.. JsonDocument.Parse(await File.ReadAllTextAsync(json)).RootElement.EnumerateArray()];
        Assert.Equal([null, "input-missing", null], results.Select(r => r.GetProperty("error").ValueKind == JsonValueKind.Null ? null : r.GetProperty("error").GetProperty("code").GetString()));
    }

    /// <summary>The second job fails otherwise than the first: what was first is told.</summary>
    [Fact]
    public async Task Matte_TwoFailuresOfTwoKinds_ExitsWithTheFirst()
    {
        Directory.CreateDirectory(_folder["out"]);
        string a = await ClipAsync("a.mp4");
        await File.WriteAllTextAsync(_folder["out/a.mov"], "precious");
        CliRun run = await CliRun.OfAsync(["matte", a, _folder["nope.mp4"], "--model", "plate", "-o", _folder["out"]]);
        Assert.Equal(2, run.Exit);
        Assert.Equal("precious", await File.ReadAllTextAsync(_folder["out/a.mov"]));
        Assert.Equal(3, (await CliRun.OfAsync(["matte", _folder["nope.mp4"], a, "--model", "plate", "-o", _folder["out"]])).Exit);
    }

    /// <summary>Ctrl-C in the first of three: it is stopped, the others are not begun, nothing is left.</summary>
    [Fact]
    public async Task Matte_InterruptedInTheFirst_StopsAll()
    {
        Directory.CreateDirectory(_folder["out"]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=60", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", _folder["long.mp4"]);
        string a = await ClipAsync("a.mp4"), b = await ClipAsync("b.mp4");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "videomatte.dll"), "matte", _folder["long.mp4"], a, b, "--model", "plate", "-o", _folder["out"], "--json"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process program = Process.Start(start)!;
        Task<string> output = program.StandardOutput.ReadToEndAsync(), error = program.StandardError.ReadToEndAsync();
        for (var wait = Stopwatch.StartNew(); !TempFolder.HasWritten(_folder["out"], ".*partial*", 100_000); await Task.Delay(50))
            Assert.True(wait.Elapsed < Limit && !program.HasExited, "nothing was written");
        using (Process kill = Process.Start("kill", ["-INT", $"{program.Id}"]))
            await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(Limit);
        await program.WaitForExitAsync(limit.Token);
        Assert.True(program.ExitCode == 130, await error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["out"]));
        JsonElement[] results = [.. JsonDocument.Parse(await output).RootElement.EnumerateArray()];
        Assert.Equal([_folder["long.mp4"], a, b], results.Select(r => r.GetProperty("input").GetString()));
        Assert.All(results, r => Assert.Equal(130, r.GetProperty("error").GetProperty("exit").GetInt32()));
        Assert.Contains("Not begun", results[2].GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-o", "{name}.mov")]
    [InlineData("-o", "x.mov", "--alpha-out", "{name}.mkv")]
    [InlineData("-o", "{name}.mkv", "--foreground-out", "fill.mov")]
    public async Task Matte_TwoInputsOfOneOutput_IsRefusedBeforehand(params string[] more)
    {
        Directory.CreateDirectory(_folder["1"]);
        Directory.CreateDirectory(_folder["2"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["1/a.mp4"], _folder["2/a.mp4"], "--model", "plate", .. more.Select(m => m.Contains('.') ? _folder[m] : m)]);
        Assert.Equal(2, run.Exit);
        Assert.Single(run.Err.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    /// <summary>The first one's cutout would take the place of the second input, which was not read yet; by name or by a hard link.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Matte_TheOutputOfOneIsAnother_IsRefusedBeforehand(bool linked)
    {
        await ClipAsync("a.mp4");
        string other = await ClipAsync("a2.mov"), input = other;
        if (linked)
        {
            input = _folder["other.mov"];
            using Process link = Process.Start("ln", [other, input]);
            await link.WaitForExitAsync();
        }

        byte[] before = await File.ReadAllBytesAsync(other);
        CliRun run = await CliRun.OfAsync(["matte", _folder["a.mp4"], input, "--model", "plate", "-o", _folder["{name}2.mov"], "--overwrite", "--json"]);
        Assert.Equal(2, run.Exit);
        Assert.Equal(["output-is-input", "output-is-input"], JsonDocument.Parse(run.Out).RootElement.EnumerateArray().Select(r => r.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(before, await File.ReadAllBytesAsync(other));
    }

    [Theory]
    [InlineData("a.mp4", null, "a.mov")]
    [InlineData("a.mp4", "exr", "a.1001.exr")]
    [InlineData("a.mp4", "vp9-alpha", "a.webm")]
    [InlineData("a.png", null, "a.png")]
    [InlineData("a.png", "exr", "a.exr")]
    public async Task Matte_IntoAFolder_NamesEachByInputAndPreset(string name, string? preset, string expected)
    {
        Directory.CreateDirectory(_folder["out"]);
        string clip = await ClipAsync(name), other = await ClipAsync("b.mp4");
        CliRun run = await CliRun.OfAsync(["matte", clip, other, "--alpha-in", await FullMatte.InAsync(_folder), "-o", _folder["out"], "--audio", "none", .. preset is null ? (string[])[] : ["--preset", preset]]);
        Assert.True(run.Exit == 0, run.Err);
        Assert.True(File.Exists(_folder["out/" + expected]), string.Join(' ', Directory.EnumerateFiles(_folder["out"])));
    }

    [Theory]
    [InlineData("clip.mp4", "output-is-input")]
    [InlineData("out.mov", "json-out")]
    [InlineData("song.wav", "json-out")]
    public async Task JsonOut_OverAnotherFile_IsRefused(string target, string code)
    {
        string clip = await ClipAsync("clip.mp4");
        byte[] before = await File.ReadAllBytesAsync(clip);
        await File.WriteAllTextAsync(_folder["song.wav"], "precious");
        CliRun run = await CliRun.OfAsync(["matte", clip, "--model", "plate", "-o", _folder["out.mov"], "--json-out", _folder[target], "--json"]);
        Assert.Equal(2, run.Exit);
        Assert.Equal(code, JsonDocument.Parse(run.Out).RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(before, await File.ReadAllBytesAsync(clip));
        Assert.Equal("precious", await File.ReadAllTextAsync(_folder["song.wav"]));
        Assert.False(File.Exists(_folder["out.mov"]));
    }

    /// <summary>No cell that is looked at here holds two blanks.</summary>
    private static string[] Cells(string line) => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task<string> ClipAsync(string name)
    {
        string[] frames = name.EndsWith(".png", StringComparison.Ordinal) ? ["-frames:v", "1"] : ["-frames:v", "3", "-pix_fmt", "yuv420p"];
        await RealFfmpeg.RunAsync(["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25", .. frames, _folder[name]]);
        return _folder[name];
    }
}
