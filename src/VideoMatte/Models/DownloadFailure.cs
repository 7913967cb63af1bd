namespace VideoMatte.Models;

/// <summary>A try that failed in a way another try may mend; <see cref="RetryAfter"/> is the server's wish.</summary>
internal sealed class DownloadFailure(string message, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(message, inner)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
