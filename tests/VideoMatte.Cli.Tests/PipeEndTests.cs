using System.Diagnostics;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>Ends of a pipe, with whole processes and the clock: nothing waits for ever.</summary>
[Collection(AloneCollection.Name)]
public sealed class PipeEndTests : IDisposable
{
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(2);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The whole chain as processes; the last one has enough after a few frames.</summary>
    [Fact]
    public async Task Matte_TheProgramBehindThePipeEnds_Exits6AtOnce()
    {
        using Process shell = Shell(
            "ffmpeg -v quiet -f lavfi -i testsrc2=s=320x180:r=25:d=600 -pix_fmt yuv420p -c:v rawvideo -f nut - | $MATTE - --model plate -o - | head -c 1000000 >/dev/null; exit ${PIPESTATUS[1]}");
        string error = await shell.StandardError.ReadToEndAsync();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        await shell.WaitForExitAsync(limit.Token);
        Assert.True(shell.ExitCode == 6, $"exit {shell.ExitCode}: {error}");
        Assert.Contains("Standard output was closed", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Matte_InterruptedWhileItWaitsForStandardInput_StopsWithin2Seconds()
    {
        using Process program = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "videomatte.dll"), "matte", "-", "--model", "plate", "-o", _folder["out.mov"]])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        await program.StandardInput.BaseStream.WriteAsync((await PipeTests.NutAsync("yuv420p", "s=64x36:r=25:d=1"))[..20_000]);
        await program.StandardInput.BaseStream.FlushAsync();
        for (int i = 0; i < 300 && !Directory.EnumerateFiles(_folder.Path, ".*partial*").Any(); i++)
            await Task.Delay(100);
        var watch = Stopwatch.StartNew();
        using (Process kill = Process.Start("kill", ["-INT", $"{program.Id}"]))
            await kill.WaitForExitAsync();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        await program.WaitForExitAsync(limit.Token);
        Assert.Equal(130, program.ExitCode);
        Assert.True(watch.Elapsed < StopsWithin, $"took {watch.Elapsed.TotalSeconds} s");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    private static Process Shell(string line)
    {
        ProcessStartInfo start = new("bash", ["-c", line]) { RedirectStandardError = true };
        start.Environment["MATTE"] = "dotnet " + Path.Combine(AppContext.BaseDirectory, "videomatte.dll") + " matte";
        return Process.Start(start)!;
    }
}
