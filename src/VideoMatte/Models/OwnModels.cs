using System.Text.Json;

namespace VideoMatte.Models;

/// <summary>The user's own entries of all folders, each with the places of its file. An id means one model: an entry whose id is taken by another
/// is left out, and that is said.</summary>
internal sealed class OwnModels
{
    private readonly Dictionary<string, (ModelEntry Entry, List<string> Paths)> _byId = new(StringComparer.Ordinal);
    private readonly List<ModelEntry> _pins = [];
    private readonly List<string> _faults = [];

    /// <summary>What a catalogue takes in: models of the user's own, and the hashes that were found for models of which only an md5 is published.</summary>
    public IEnumerable<ModelEntry> Entries => [.. _byId.Values.Select(o => o.Entry), .. _pins];

    /// <summary>A sentence for each entry and each folder that cannot be used.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <param name="folders">In the order they are searched.</param>
    /// <param name="catalogue">Whose ids and aliases stay its own.</param>
    public static OwnModels Read(IEnumerable<string> folders, ModelCatalogue catalogue)
    {
        var own = new OwnModels();
        foreach (string folder in folders)
        {
            (IReadOnlyList<ModelEntry> entries, IReadOnlyList<string> faults) = UserEntries.Read(folder);
            own._faults.AddRange(faults);
            foreach (ModelEntry entry in entries)
                own.Take(entry, Path.Combine(folder, entry.File), catalogue);
        }

        return own;
    }

    /// <summary>Where the file of an entry of the user's own belongs; null where the entry is none of them.</summary>
    public IReadOnlyList<string>? PathsOf(ModelEntry entry) =>
        _byId.TryGetValue(entry.Id, out (ModelEntry Entry, List<string> Paths) own) && own.Entry.Sha256 == entry.Sha256 ? own.Paths : null;

    private void Take(ModelEntry entry, string path, ModelCatalogue catalogue)
    {
        if (catalogue.Find(entry.Id) is { } known)
        {
            // Written when the hash was found, for a catalogue that knew the md5 alone.
            if (known.Md5 is not null && known.Md5 == entry.Md5)
                _pins.Add(entry);
            else
                LeaveOut(path, $"its id {entry.Id} is the catalogue's own");
        }
        else if (catalogue.Aliases.Contains(entry.Id, StringComparer.Ordinal))
        {
            LeaveOut(path, $"its id {entry.Id} stands for several models of the catalogue");
        }
        else if (!_byId.TryGetValue(entry.Id, out (ModelEntry Entry, List<string> Paths) first))
        {
            _byId.Add(entry.Id, (entry, [path]));
        }
        else if (Written(first.Entry).AsSpan().SequenceEqual(Written(entry)))
        {
            // A copy of the model and of all that is said of it.
            first.Paths.Add(path);
        }
        else
        {
            LeaveOut(path, $"its id {entry.Id} is that of {first.Paths[0]}");
        }
    }

    private void LeaveOut(string path, string why) =>
        _faults.Add($"{path + UserEntries.Suffix} is left out: {why}; add the model again with another --id, or remove that entry.");

    private static byte[] Written(ModelEntry entry) => JsonSerializer.SerializeToUtf8Bytes(entry, CatalogueJson.Default.ModelEntry);
}
