using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>Where the files of an entry lie: one of the user's own in the folder it was written in, one of the catalogue in any that is searched.</summary>
internal sealed class ModelPlaces(ModelFolders folders, OwnModels own)
{
    /// <summary>Files of the entry's name, whatever they hold and whether or not their parts lie beside them.</summary>
    public IEnumerable<string> FilesOf(ModelEntry entry)
    {
        if (!entry.HasFile)
            return [];
        return (own.PathsOf(entry) is { } paths ? [.. paths, .. Fetched(entry)] : folders.All.Select(folder => Path.Combine(folder, entry.File))).Where(File.Exists);
    }

    /// <summary>Those with all parts beside them; where several folders have one, those of the right length come first.</summary>
    public IReadOnlyList<string> WholeOf(ModelEntry entry)
    {
        string[] whole = [.. FilesOf(entry).Where(path => entry.Parts.All(part => File.Exists(Beside(path, part.File))))];
        return [.. whole.Where(p => HasLength(p, entry)), .. whole.Where(p => !HasLength(p, entry))];
    }

    /// <summary>The first of them that holds what the entry says, read and hashed with its parts; null: none does.</summary>
    /// <param name="entry">Where it pins no SHA-256, its md5 decides.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<FetchedModel?> VerifiedAsync(ModelEntry entry, CancellationToken cancellationToken)
    {
        foreach (string path in WholeOf(entry).Where(p => HasLength(p, entry)))
            if (await HoldsAsync(path, entry, cancellationToken).ConfigureAwait(false) is { } sha256 && HoldsParts(path, entry))
                return new FetchedModel(path, sha256, ModelReader.LengthOf(path, expectedBytes: null) + entry.Parts.Sum(p => p.Bytes), WasThere: true);
        return null;
    }

    /// <summary>The SHA-256 of a file that is what the entry says; null: it is not, or cannot be read.</summary>
    public static async Task<string?> HoldsAsync(string path, ModelEntry entry, CancellationToken cancellationToken)
    {
        if (!HasLength(path, entry))
            return null;
        try
        {
            (string sha256, string md5, _) = await PartialDownload.HashAsync(path, cancellationToken).ConfigureAwait(false);
            return (entry.Sha256 is { } pin ? pin == sha256 : entry.Md5 == md5) ? sha256 : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Where a fetch leaves an entry of the user's own that has an address.</summary>
    private string[] Fetched(ModelEntry entry) => entry.Url is null || folders.Cache is null ? [] : [Path.Combine(folders.Cache, entry.File)];

    /// <summary>A file of the same folder.</summary>
    public static string Beside(string path, string file) => Path.Combine(Path.GetDirectoryName(path)!, file);

    private static bool HoldsParts(string path, ModelEntry entry)
    {
        try
        {
            return entry.Parts.All(part => PartReader.Read(path, part.File, part.Bytes, sink: null) == part);
        }
        catch (MatteException)
        {
            return false;
        }
    }

    /// <summary>A pipe or a device has none, and is not opened.</summary>
    private static bool HasLength(string path, ModelEntry entry)
    {
        try
        {
            long length = ModelReader.LengthOf(path, expectedBytes: null);
            return length > 0 && length == (entry.Bytes ?? length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
