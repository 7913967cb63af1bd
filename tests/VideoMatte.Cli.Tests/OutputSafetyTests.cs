using System.Diagnostics;
using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>Outputs and what may happen to them: nothing is written onto an input, nothing half has a final name, nothing temporary stays.</summary>
public sealed class OutputSafetyTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("hard link")]
    [InlineData("symbolic link")]
    [InlineData("folder by a link")]
    [InlineData("link to a link")]
    public async Task Matte_OntoItsInputByAnotherName_IsRefusedAndTheInputStays(string way)
    {
        Directory.CreateDirectory(_folder["real"]);
        string clip = await ClipAsync("real/in.mov", 3), output = _folder["out.mov"];
        switch (way)
        {
            case "hard link":
                await RunAsync("ln", clip, output);
                break;
            case "symbolic link":
                File.CreateSymbolicLink(output, clip);
                break;
            case "folder by a link":
                Directory.CreateSymbolicLink(_folder["linked"], _folder["real"]);
                output = _folder["linked/in.mov"];
                break;
            default:
                File.CreateSymbolicLink(_folder["between.mov"], clip);
                File.CreateSymbolicLink(output, _folder["between.mov"]);
                break;
        }

        byte[] before = await File.ReadAllBytesAsync(clip);
        foreach (string[] named in (string[][])[["-o", output], ["-o", _folder["fine.mov"], "--foreground-out", output]])
        {
            CliRun run = await CliRun.OfAsync(["matte", clip, "--model", "plate", .. named, "--overwrite", "--json"]);
            Assert.Equal(2, run.Exit);
            Assert.Equal("output-is-input", JsonDocument.Parse(run.Out).RootElement.GetProperty("error").GetProperty("code").GetString());
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(clip));
        Assert.False(File.Exists(_folder["fine.mov"]));
    }

    /// <summary>A file of the same length as the input is not the input.</summary>
    [Fact]
    public async Task Matte_OntoACopyOfItsInput_IsAllowedWithOverwrite()
    {
        string clip = await ClipAsync("in.mov", 3);
        File.Copy(clip, _folder["copy.mov"]);
        CliRun run = await CliRun.OfAsync(["matte", clip, "--model", "plate", "-o", _folder["copy.mov"], "--overwrite"]);
        Assert.True(run.Exit == 0, run.Err);
    }

    /// <summary>The tail of an older, longer sequence would be played on into: it is named. Nothing is said where it is all overwritten.</summary>
    [Fact]
    public async Task Matte_OverALongerSequence_NamesWhatIsLeftOfIt()
    {
        string clip = await ClipAsync("in.mov", 4);
        foreach ((string frames, bool expected) in new[] { ("4", false), ("2", true) })
        {
            CliRun run = await CliRun.OfAsync(["matte", clip, "--alpha-in", await FullMatte.InAsync(_folder), "--frames", frames, "-o", _folder["k.%04d.png"], "--overwrite"]);
            Assert.True(run.Exit == 0, run.Err);
            Assert.Equal(expected, run.Err.Contains("2 pictures of an older sequence of the same names are still there, k.0003.png to k.0004.png", StringComparison.Ordinal));
        }
    }

    /// <summary>Standard output on a full disk is an output that cannot be written, not a defect.</summary>
    [Fact]
    public async Task Json_ToAFullDevice_IsOneSentenceAndSix()
    {
        if (!File.Exists("/dev/full"))
            return;
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"\"$0\" models list --json > /dev/full", Path.Combine(AppContext.BaseDirectory, "videomatte")]) { RedirectStandardError = true };
        using Process child = Process.Start(start)!;
        string said = await child.StandardError.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.Equal(6, child.ExitCode);
        Assert.StartsWith("videomatte: Standard output cannot be written", said, StringComparison.Ordinal);
        Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The encoder's file is a device that is always full: its words are the real ones.</summary>
    [Fact]
    public async Task Matte_OnAFullDevice_Exits6AndLeavesNothing()
    {
        string clip = await ClipAsync("in.mp4", 3);
        using ScriptedFfmpeg full = ScriptedFfmpeg.WithBody(await RealFfmpeg.ToolsAsync(),
            "n=$#; i=0; for a in \"$@\"; do i=$((i+1)); shift; if [ $i = $n ]; then case $a in *partial*) a=file:/dev/full;; esac; fi; set -- \"$@\" \"$a\"; done; exec \"$REAL\" \"$@\"");
        AssertFull(await CliRun.OfAsync(["matte", clip, "--model", "plate", "-o", _folder["x.mov"], "--ffmpeg", full.Tools.FfmpegPath, "--json"]), "in.mp4");
    }

    /// <summary>A small disk of its own, full before the clip is: whichever of two files meets its end first.</summary>
    [UserMountTheory]
    [InlineData("x.mov")]
    [InlineData("f.####.exr")]
    [InlineData("x.mov", "--alpha-out", "m.mkv")]
    [InlineData("x.mov", "--foreground-out", "m.mkv")]
    public async Task Matte_OnADiskThatFillsUp_Exits6AndLeavesNothing(string output, params string[] more)
    {
        string clip = await ClipAsync("in.mp4", 40, "640x360"), disk = _folder["disk"];
        Directory.CreateDirectory(disk);
        string[] command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "videomatte.dll"), "matte", clip, "--model", "plate", "-o", Path.Combine(disk, output), "--json", "--quiet",
            .. more.Select(m => m.EndsWith(".mkv", StringComparison.Ordinal) ? Path.Combine(disk, m) : m)];
        // The mount is this shell's alone and goes with it.
        string script = $"mount -t tmpfs -o size=2m tmpfs '{disk}' && {string.Join(' ', command.Select(c => $"'{c}'"))}; e=$?; ls -A '{disk}' >&2; exit $e";
        (int exit, string found, string error) = await RunAsync("unshare", "-rm", "sh", "-c", script);
        Assert.True(exit == 6, $"exit {exit}: {error}");
        Assert.Equal("disk-full", JsonDocument.Parse(found).RootElement.GetProperty("error").GetProperty("code").GetString());
        // One sentence, and nothing that ls found.
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("x.mov")]
    [InlineData("f.####.exr")]
    public async Task Matte_ItsFolderIsRemovedMidway_Exits6AndWritesNothing(string output)
    {
        string clip = await ClipAsync("in.mp4", 60, "320x180"), folder = _folder["out"];
        Directory.CreateDirectory(folder);
        Task<CliRun> run = CliRun.OfAsync(["matte", clip, "--model", "plate", "-o", Path.Combine(folder, output), "--json"]);
        // The encoder's file has its header, or a picture is there.
        for (var wait = Stopwatch.StartNew(); !TempFolder.HasWritten(folder); await Task.Delay(10))
            Assert.True(wait.Elapsed < Limit && !run.IsCompleted, "nothing was written");
        await RemoveAsync(folder);
        CliRun ended = await run;
        Assert.True(ended.Exit == 6, $"exit {ended.Exit}: {ended.Err}");
        Assert.False(Directory.Exists(folder));
        Assert.Equal(["in.mp4"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    /// <summary>Pictures go on being written while the folder is emptied, so that one more may be in it at its end: then again.</summary>
    private static async Task RemoveAsync(string folder)
    {
        for (var wait = Stopwatch.StartNew(); Directory.Exists(folder); await Task.Delay(1))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (wait.Elapsed < Limit)
            {
                // Not empty any more, or what was found in it is gone by now.
            }
        }
    }

    private void AssertFull(CliRun run, params string[] expected)
    {
        Assert.True(run.Exit == 6, $"exit {run.Exit}: {run.Err}");
        Assert.Equal("disk-full", JsonDocument.Parse(run.Out).RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(expected, Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    private static async Task<(int Exit, string Out, string Error)> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, await error);
    }

    private async Task<string> ClipAsync(string name, int frames, string size = "96x64")
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"testsrc2=s={size}:r=25", "-frames:v", FormattableString.Invariant($"{frames}"), "-pix_fmt", "yuv420p", _folder[name]);
        return _folder[name];
    }
}
