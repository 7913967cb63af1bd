namespace VideoMatte.Models;

/// <summary>How far a fetch is.</summary>
/// <param name="Id">Of the model.</param>
/// <param name="Done">Bytes on the disk.</param>
/// <param name="Total">Bytes in all; null where nobody knows.</param>
public readonly record struct DownloadProgress(string Id, long Done, long? Total);
