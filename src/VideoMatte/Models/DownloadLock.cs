using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>One process fetches a file; others wait. The lock is an open file that nobody else may open, so that it falls with its process.</summary>
internal sealed class DownloadLock : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    private readonly FileStream _file;

    private DownloadLock(FileStream file) => _file = file;

    /// <exception cref="MatteException"><c>cache-unwritable</c>.</exception>
    public static async Task<DownloadLock> TakeAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new DownloadLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Between, time, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new MatteException(ErrorKind.Model, "cache-unwritable", $"The model folder {Path.GetDirectoryName(path)} cannot be written; check its rights and its disk.", error);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
