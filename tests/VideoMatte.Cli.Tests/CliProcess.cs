using System.Diagnostics;
using System.Globalization;
using VideoMatte.Testing;

namespace VideoMatte.Cli.Tests;

/// <summary>The program as a process of its own, for what two processes, another user or the environment do to it.</summary>
internal sealed record CliProcess(int Exit, string Out, string Err)
{
    private static string Program => Path.Combine(AppContext.BaseDirectory, "videomatte.dll");

    public static Task<CliProcess> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) => StartAsync("dotnet", [Program, .. arguments], environment, default);

    /// <param name="environment">Added to this process's own.</param>
    /// <param name="arguments">Of the program.</param>
    /// <param name="stop">Kills it.</param>
    public static Task<CliProcess> RunAsync(IReadOnlyDictionary<string, string> environment, string[] arguments, CancellationToken stop) => StartAsync("dotnet", [Program, .. arguments], environment, stop);

    /// <summary>As a user who may read only what everybody may; as this one, where that is no privileged one.</summary>
    public static Task<CliProcess> RunAsNobodyAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) => Environment.IsPrivilegedProcess
        ? StartAsync("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "dotnet", Program, .. arguments], environment, default)
        : RunAsync(environment, arguments);

    /// <summary>Where a folder cannot be written by anybody: its disk is read-only.</summary>
    public static Task<CliProcess> RunReadOnlyAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) => StartAsync(
        "unshare", ["-rm", "sh", "-c", "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec dotnet \"$@\"", folder, Program, .. arguments], environment, default);

    private static async Task<CliProcess> StartAsync(string file, string[] arguments, IReadOnlyDictionary<string, string> environment, CancellationToken stop)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None), error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        // Long enough for a slow machine; what hangs should not hang the tests.
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            if (!stop.IsCancellationRequested)
                throw new TimeoutException($"videomatte {string.Join(' ', arguments)} did not end: {await error}");
        }

        return new(process.ExitCode, await output, await error);
    }
}
