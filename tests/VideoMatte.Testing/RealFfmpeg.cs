using System.Diagnostics;
using VideoMatte.Media;
using Xunit;

namespace VideoMatte.Testing;

/// <summary>The ffmpeg of this machine, for tests: to make sources and to check results, apart from the code under test.</summary>
public static class RealFfmpeg
{
    private static readonly Lazy<Task<FfmpegTools>> Located = new(
        () => FfmpegTools.LocateAsync(null, Environment.GetEnvironmentVariable, CancellationToken.None));

    public static Task<FfmpegTools> ToolsAsync() => Located.Value;

    /// <summary>Runs ffmpeg with <c>-v error -y</c>; fails the test on another exit code than 0.</summary>
    public static async Task<byte[]> RunAsync(params string[] arguments) =>
        await RunProgramAsync((await ToolsAsync()).FfmpegPath, ["-v", "error", "-nostdin", "-y", .. arguments]);

    /// <summary>Runs ffprobe with <c>-v error</c>; its output as text.</summary>
    public static async Task<string> ProbeAsync(params string[] arguments) =>
        System.Text.Encoding.UTF8.GetString(await RunProgramAsync((await ToolsAsync()).FfprobePath, ["-v", "error", .. arguments]));

    private static async Task<byte[]> RunProgramAsync(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        MemoryStream output = new();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit code not 0\n{await errors}");
        return output.ToArray();
    }
}
