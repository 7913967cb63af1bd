using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>One process fetches a file; others wait. The lock is an open file that nobody else may open, so that it falls with its process.</summary>
internal sealed class DownloadLock : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    private readonly FileStream _file;

    private DownloadLock(FileStream file) => _file = file;

    /// <param name="target">The file to fetch; the lock lies beside it.</param>
    /// <param name="longestWait">Without a byte more in the other process's part file.</param>
    /// <param name="time">The clock.</param>
    /// <param name="waiting">Told, again and again, how many bytes the other process has.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="MatteException"><c>cache-unwritable</c>; <c>download-busy</c>: the other process gets nowhere.</exception>
    public static async Task<DownloadLock> TakeAsync(string target, TimeSpan longestWait, TimeProvider time, Action<long> waiting, CancellationToken cancellationToken)
    {
        string path = target + ".lock";
        (long seen, long since) = (-1, time.GetTimestamp());
        while (true)
        {
            try
            {
                return new DownloadLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException error) when (IsHeld(error))
            {
                long have = new FileInfo(PartialDownload.PathOf(target)) is { Exists: true } part ? part.Length : 0;
                if (have != seen)
                    (seen, since) = (have, time.GetTimestamp());
                else if (time.GetElapsedTime(since) >= longestWait)
                    throw new MatteException(ErrorKind.Model, "download-busy", string.Create(CultureInfo.InvariantCulture, $"Another process is fetching {target} (it holds {path}) and has got nothing for {longestWait.TotalMinutes:0.#} minutes; end it, or try again later."), error);
                waiting(have);
                await Task.Delay(Between, time, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new MatteException(ErrorKind.Model, "cache-unwritable", $"The model folder {Path.GetDirectoryName(path)} cannot be written ({error.Message.TrimEnd('.')}); check its rights and its disk.", error);
            }
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Only what another process's lock gives: ERROR_SHARING_VIOLATION on Windows, EWOULDBLOCK of flock elsewhere (11 on Linux, 35 on macOS).
    /// A read-only disk fails otherwise, and would for ever.</summary>
    private static bool IsHeld(IOException error) => error.HResult == (OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsLinux() ? 11 : 35);
}
