using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The ffmpeg and ffprobe of this run.</summary>
/// <param name="FfmpegPath">Absolute.</param>
/// <param name="FfprobePath">Absolute.</param>
/// <param name="Version">As ffmpeg names itself, e.g. <c>5.1.9-0+deb12u1</c>.</param>
public sealed record FfmpegTools(string FfmpegPath, string FfprobePath, string Version)
{
    /// <summary>Names an ffmpeg where PATH shall not be asked.</summary>
    public const string EnvironmentVariable = "VIDEOMATTE_FFMPEG";

    private static readonly TimeSpan VersionLimit = TimeSpan.FromSeconds(20);

    /// <summary>Versions that programs have told, each known by its file as it was: several jobs in one process ask once.</summary>
    private static readonly ConcurrentDictionary<(string Path, DateTime Written, long Length), string> Told = new();

    /// <summary>Finds both programs: <paramref name="explicitPath"/>, then <see cref="EnvironmentVariable"/>, then the absolute entries of
    /// PATH; never the current folder. ffprobe is looked for beside ffmpeg first, then on PATH.</summary>
    /// <param name="explicitPath">A path as the user gave it, or null.</param>
    /// <param name="environment">Reads one environment variable.</param>
    /// <param name="cancellationToken">Ends the question for the version.</param>
    /// <exception cref="MatteException"><c>ffmpeg-missing</c>, or <c>ffmpeg-unusable</c> where the program does not say its version.</exception>
    public static Task<FfmpegTools> LocateAsync(
        string? explicitPath, Func<string, string?> environment, CancellationToken cancellationToken) =>
        LocateAsync(explicitPath, environment, TimeProvider.System, cancellationToken);

    internal static async Task<FfmpegTools> LocateAsync(
        string? explicitPath, Func<string, string?> environment, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(environment);
        string ffmpeg = FindFfmpeg(explicitPath, environment);
        string? beside = Program(Path.GetDirectoryName(ffmpeg)!, "ffprobe");
        string ffprobe = beside ?? OnPath("ffprobe", environment)
            ?? throw Missing($"ffprobe is neither beside {ffmpeg} nor on PATH");
        return new FfmpegTools(ffmpeg, ffprobe, await VersionAsync(ffmpeg, time, cancellationToken).ConfigureAwait(false));
    }

    private static string FindFfmpeg(string? explicitPath, Func<string, string?> environment)
    {
        if (!string.IsNullOrEmpty(explicitPath))
            return Existing(explicitPath) ?? throw Missing($"there is no program at {explicitPath}, which --ffmpeg names");
        if (environment(EnvironmentVariable) is { Length: > 0 } named)
            return Existing(named) ?? throw Missing($"there is no program at {named}, which {EnvironmentVariable} names");
        return OnPath("ffmpeg", environment) ?? throw Missing("ffmpeg was not found on PATH");
    }

    private static string? OnPath(string name, Func<string, string?> environment)
    {
        foreach (string folder in (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            if (Path.IsPathFullyQualified(folder) && Program(folder, name) is { } found)
                return found;
        return null;
    }

    private static string? Program(string folder, string name) =>
        Existing(Path.Combine(folder, RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? name + ".exe" : name));

    private static string? Existing(string path)
    {
        string full = Path.GetFullPath(path);
        if (!File.Exists(full))
            return null;
        const UnixFileMode anyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(full) & anyExecute) != 0 ? full : null;
    }

    private static async Task<string> VersionAsync(string ffmpeg, TimeProvider time, CancellationToken cancellationToken)
    {
        var file = new FileInfo(ffmpeg);
        (string, DateTime, long) program = (ffmpeg, file.LastWriteTimeUtc, file.Length);
        if (Told.TryGetValue(program, out string? told))
            return told;
        FfmpegOutput output = await FfmpegProcess.RunAsync(
            ffmpeg, ["-hide_banner", "-version"], 64 * 1024, VersionLimit, time, cancellationToken).ConfigureAwait(false);
        string[] words = output.Text.Split('\n', 2)[0].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (output.ExitCode != 0 || output.Stalled || words is not ["ffmpeg", "version", { } version, ..])
            throw new MatteException(
                ErrorKind.Input, "ffmpeg-unusable", $"{ffmpeg} does not answer like ffmpeg; run `videomatte doctor --fix` or name another with --ffmpeg.")
            {
                Detail = output.ErrorTail,
            };
        return Told[program] = version;
    }

    private static MatteException Missing(string found) =>
        new(ErrorKind.Input, "ffmpeg-missing", $"ffmpeg is needed to read and write video: {found}; run `videomatte doctor --fix`.");
}
