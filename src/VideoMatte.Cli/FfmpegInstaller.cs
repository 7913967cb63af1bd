using System.Diagnostics;
using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Cli;

/// <summary>Installs ffmpeg with the system's own package manager. Says the command first and asks; never elevates by itself.</summary>
internal static class FfmpegInstaller
{
    /// <exception cref="MatteException">There is no known package manager, the answer was no, nobody could be asked, or the command failed.</exception>
    public static async Task InstallAsync(Terminal terminal, bool yes, CancellationToken stop)
    {
        string[][] commands = Commands() ?? throw new MatteException(ErrorKind.Input, "ffmpeg-missing",
            "ffmpeg is missing and this system has none of apt, brew and winget; install ffmpeg 5.1 or newer and run this again.");
        string line = string.Join(" && ", commands.Select(c => string.Join(' ', c)));
        bool needsRoot = commands[0][0] == "apt-get";
        terminal.Say("ffmpeg is missing. To install it: " + line);
        if (needsRoot && !Environment.IsPrivilegedProcess)
            throw new MatteException(ErrorKind.Input, "not-root", $"Installing needs root: run 'sudo sh -c \"{line}\"' yourself, then this again.");
        bool goOn = yes || terminal.Environment("CI") == "true" || (needsRoot && !terminal.CanAsk) || (terminal.CanAsk && terminal.Ask("Run it?"));
        if (!goOn)
            throw new MatteException(ErrorKind.Input, "ffmpeg-missing", $"Nothing was installed; run '{line}' yourself, or this again with --yes.");
        foreach (string[] command in commands)
            await RunAsync(command, terminal, stop).ConfigureAwait(false);
    }

    private static string[][]? Commands()
    {
        if (OperatingSystem.IsLinux() && OnPath("apt-get"))
            return [["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "ffmpeg"]];
        if (OperatingSystem.IsMacOS() && OnPath("brew"))
            return [["brew", "install", "ffmpeg"]];
        return OperatingSystem.IsWindows() && OnPath("winget.exe") ? [["winget", "install", "--id", "Gyan.FFmpeg", "-e"]] : null;
    }

    private static bool OnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator).Any(folder => Path.IsPathRooted(folder) && File.Exists(Path.Combine(folder, name)));

    private static async Task RunAsync(string[] command, Terminal terminal, CancellationToken stop)
    {
        // What the package manager says goes to standard error: standard output is for what was asked.
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using Process process = Process.Start(start) ?? throw new MatteException(ErrorKind.Input, "install-failed", $"'{command[0]}' could not be started.");
        while (await process.StandardOutput.ReadLineAsync(stop).ConfigureAwait(false) is { } line)
            terminal.Say(SafeText.Show(line));
        await process.WaitForExitAsync(stop).ConfigureAwait(false);
        if (process.ExitCode != 0)
            throw new MatteException(ErrorKind.Input, "install-failed",
                string.Create(CultureInfo.InvariantCulture, $"'{string.Join(' ', command)}' ended with {process.ExitCode}; see what it said above."));
    }
}
