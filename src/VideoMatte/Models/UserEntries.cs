using System.Text.Json;
using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>Entries of the user's own, each beside its weights: <c>FILE.model.json</c>. Written by <c>models add</c>, and where only an md5 was
/// published, to keep to the SHA-256 that was found.</summary>
public static class UserEntries
{
    public const string Suffix = ".model.json";

    /// <summary>Longest file that is read as an entry.</summary>
    private const long MostBytes = 1 << 20;

    /// <summary>The entries of a folder, and a sentence for each that cannot be read, or for the folder itself.</summary>
    public static (IReadOnlyList<ModelEntry> Entries, IReadOnlyList<string> Faults) Read(string folder)
    {
        List<ModelEntry> entries = [];
        List<string> faults = [];
        if (!Directory.Exists(folder))
            return (entries, faults);
        string[] paths;
        try
        {
            paths = [.. Directory.EnumerateFiles(folder, "*" + Suffix).Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return (entries, [$"The folder of models {folder} cannot be read ({error.Message.TrimEnd('.')}), so that what lies in it is not found; check its rights."]);
        }

        foreach (string path in paths)
        {
            try
            {
                entries.Add(ReadFile(path));
            }
            catch (Exception error) when (IsUnreadable(error))
            {
                faults.Add($"{path} is no entry of a model: {error.Message.TrimEnd('.')}.");
            }
        }

        return (entries, faults);
    }

    /// <summary>The entry beside a model file; null where there is none.</summary>
    /// <exception cref="MatteException"><c>catalogue-invalid</c>: there is one that cannot be read.</exception>
    public static ModelEntry? Beside(string modelPath)
    {
        string path = modelPath + Suffix;
        if (!File.Exists(path))
            return null;
        try
        {
            return ReadFile(path);
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            throw new MatteException(ErrorKind.Model, "catalogue-invalid", $"{path} is no entry of a model: {error.Message.TrimEnd('.')}; write it anew with `models add`.", error);
        }
    }

    /// <summary>Writes an entry beside its weights, whole or not at all.</summary>
    /// <exception cref="MatteException"><c>catalogue-invalid</c>: the entry breaks the catalogue's rules. <c>entry-unwritable</c>.</exception>
    public static void Pin(ModelEntry entry, string modelPath)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (CatalogueRules.FirstFault(entry) is { } fault)
            throw new MatteException(ErrorKind.Model, "catalogue-invalid", $"No entry can be made for {modelPath}: {fault}.");
        string path = modelPath + Suffix, partial = path + ".part";
        try
        {
            File.WriteAllBytes(partial, JsonSerializer.SerializeToUtf8Bytes(entry, CatalogueJson.Default.ModelEntry));
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MatteException(ErrorKind.Model, "entry-unwritable", $"The entry {path} cannot be written ({error.Message.TrimEnd('.')}); check the folder's rights and its disk, or copy the model into a folder of your own.", error);
        }
    }

    private static bool IsUnreadable(Exception error) => error is JsonException or IOException or UnauthorizedAccessException or InvalidDataException;

    private static ModelEntry ReadFile(string path)
    {
        // A pipe or a device has no length of its own, and is not opened: it might never answer.
        long length = ModelReader.LengthOf(path, expectedBytes: null);
        if (length == 0)
            throw new InvalidDataException("it is empty, or no file");
        if (length > MostBytes)
            throw new InvalidDataException("it is longer than an entry can be");
        ModelEntry entry = JsonSerializer.Deserialize(File.ReadAllBytes(path), CatalogueJson.Default.ModelEntry) ?? throw new InvalidDataException("it holds null");
        if (CatalogueRules.FirstFault(entry) is { } fault)
            throw new InvalidDataException(fault);
        if (entry.Sha256 is null)
            throw new InvalidDataException("it pins no sha256");
        return entry.File + Suffix == Path.GetFileName(path) ? entry : throw new InvalidDataException($"it speaks of another file ({entry.File})");
    }
}
