namespace VideoMatte.Models;

/// <summary>How far a fetch is.</summary>
/// <param name="Id">Of the model.</param>
/// <param name="Done">Bytes on the disk.</param>
/// <param name="Total">Bytes in all; null where nobody knows.</param>
/// <param name="Waits">True: another process is fetching it, and this one waits.</param>
public readonly record struct DownloadProgress(string Id, long Done, long? Total, bool Waits = false);
