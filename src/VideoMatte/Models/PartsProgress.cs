namespace VideoMatte.Models;

/// <summary>Tells of one file's bytes as of the whole model's.</summary>
/// <param name="inner">Who is told.</param>
/// <param name="before">Bytes of the files that came before.</param>
/// <param name="total">Of all files; null where it is not known.</param>
internal sealed class PartsProgress(IProgress<DownloadProgress> inner, long before, long? total) : IProgress<DownloadProgress>
{
    /// <summary>The same progress where the model is one file, or nobody listens.</summary>
    public static IProgress<DownloadProgress>? Of(IProgress<DownloadProgress>? inner, long before, ModelEntry entry) =>
        inner is null || entry.ExternalData is not { Count: > 0 } ? inner : new PartsProgress(inner, before, entry.TotalBytes);

    public void Report(DownloadProgress value) => inner.Report(value with { Done = before + value.Done, Total = total });
}
