using System.Diagnostics;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>The program as a process: Ctrl-C, a killed encoder, its first line. Two seconds to stop are the program's, not those of what a test
/// beside it does with both cores.</summary>
[Collection(AloneCollection.Name)]
public sealed class StopTests : IDisposable
{
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(2);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Matte_Interrupted_StopsWithin2SecondsAndLeavesNothing()
    {
        using Process program = await StartLongJobAsync();
        await WaitForPartialAsync(program);
        var watch = Stopwatch.StartNew();
        using (Process kill = Process.Start("kill", ["-INT", $"{program.Id}"]))
            await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await program.WaitForExitAsync(limit.Token);
        Assert.Equal(130, program.ExitCode);
        Assert.True(watch.Elapsed < StopsWithin, $"took {watch.Elapsed.TotalSeconds} s");
        AssertNothingLeft();
    }

    /// <summary>People press it twice; the second one must not cut the cleaning up short.</summary>
    [Fact]
    public async Task Matte_InterruptedTwice_StillLeavesNothing()
    {
        using Process program = await StartLongJobAsync();
        await WaitForPartialAsync(program);
        for (int i = 0; i < 2; i++)
        {
            using Process kill = Process.Start("kill", ["-INT", $"{program.Id}"]);
            await kill.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await program.WaitForExitAsync(limit.Token);
        Assert.Equal(130, program.ExitCode);
        AssertNothingLeft();
    }

    /// <summary>A background that hangs holds a stage's own thread, where a token does not reach.</summary>
    [Fact]
    public async Task Matte_InterruptedWhileItsBackgroundHangs_StopsWithin2Seconds()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc=s=64x64:r=25:d=2", "-pix_fmt", "yuv420p", _folder["behind.mp4"]);
        using Process program = await StartLongJobAsync("--background", _folder["behind.mp4"]);
        await WaitForPartialAsync(program);
        string background = Children(program.Id).Single(c => File.ReadAllText($"/proc/{c}/cmdline").Contains("behind.mp4", StringComparison.Ordinal));
        using (Process hang = Process.Start("kill", ["-STOP", background]))
            await hang.WaitForExitAsync();
        // Long enough for the frames read ahead to be used up.
        await Task.Delay(TimeSpan.FromSeconds(3));
        var watch = Stopwatch.StartNew();
        using (Process kill = Process.Start("kill", ["-INT", $"{program.Id}"]))
            await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await program.WaitForExitAsync(limit.Token);
        Assert.Equal(130, program.ExitCode);
        Assert.True(watch.Elapsed < StopsWithin, $"took {watch.Elapsed.TotalSeconds} s");
        File.Delete(_folder["behind.mp4"]);
        AssertNothingLeft();
    }

    /// <summary>On a terminal Ctrl-C reaches the children too, and may reach them first.</summary>
    [Fact]
    public async Task Matte_InterruptedTogetherWithItsChildren_IsStoppedNotFailed()
    {
        using Process program = await StartLongJobAsync();
        await WaitForPartialAsync(program);
        foreach (string child in Children(program.Id))
            using (Process kill = Process.Start("kill", ["-INT", child]))
                await kill.WaitForExitAsync();
        using (Process kill = Process.Start("kill", ["-INT", $"{program.Id}"]))
            await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await program.WaitForExitAsync(limit.Token);
        Assert.Equal(130, program.ExitCode);
        AssertNothingLeft();
    }

    [Fact]
    public async Task Matte_EncoderKilled_Exits6AndLeavesNothing()
    {
        using Process program = await StartLongJobAsync();
        Task<string> error = program.StandardError.ReadToEndAsync();
        await WaitForPartialAsync(program);
        string encoder = Children(program.Id).Single(c => File.ReadAllText($"/proc/{c}/cmdline").Contains("partial", StringComparison.Ordinal));
        using (Process kill = Process.Start("kill", ["-KILL", encoder]))
            await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await program.WaitForExitAsync(limit.Token);
        Assert.True(program.ExitCode == 6, $"exit {program.ExitCode}: {await error}");
        Assert.Contains("the encoder was killed", await error, StringComparison.Ordinal);
        AssertNothingLeft();
    }

    [Fact]
    public async Task Matte_DecoderKilled_Exits3AndLeavesNothing()
    {
        using Process program = await StartLongJobAsync();
        Task<string> error = program.StandardError.ReadToEndAsync();
        await WaitForPartialAsync(program);
        string decoder = Children(program.Id).Single(c => !File.ReadAllText($"/proc/{c}/cmdline").Contains("partial", StringComparison.Ordinal));
        using (Process kill = Process.Start("kill", ["-KILL", decoder]))
            await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await program.WaitForExitAsync(limit.Token);
        Assert.True(program.ExitCode == 3, $"exit {program.ExitCode}: {await error}");
        AssertNothingLeft();
    }

    private static string[] Children(int id) =>
        File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } direct
            ? direct
            : [.. Directory.EnumerateDirectories($"/proc/{id}/task").SelectMany(t => File.ReadAllText(Path.Combine(t, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private async Task<Process> StartLongJobAsync(params string[] more)
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=60", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", _folder["long.mp4"]);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "videomatte.dll"), "matte", _folder["long.mp4"], "--model", "plate", "-o", _folder["out.mov"], .. more])
        {
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private async Task WaitForPartialAsync(Process program)
    {
        for (int i = 0; i < 300; i++)
        {
            if (TempFolder.HasWritten(_folder.Path, ".*partial*", 100_000))
                return;
            Assert.False(program.HasExited, "ended before it wrote anything");
            await Task.Delay(100);
        }

        Assert.Fail("nothing was written in 30 s");
    }

    private void AssertNothingLeft()
    {
        Assert.Equal(["long.mp4"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName));
        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])), d => Mentions(d, _folder.Path));
    }

    private static bool Mentions(string process, string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Contains(path, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // it ended while we looked
        }
    }
}
