using System.Text.Json;
using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>The one list of models, <c>models/catalog.json</c>, checked when it is loaded. No entry ever comes from the network.</summary>
public sealed class ModelCatalogue
{
    /// <summary>The alias that stands for RVM.</summary>
    public const string RvmAlias = "rvm";

    private readonly Dictionary<string, ModelEntry> _byId;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _aliases;

    private ModelCatalogue(CatalogueDocument document)
    {
        Entries = document.Models;
        _aliases = document.Aliases;
        _byId = document.Models.ToDictionary(e => e.Id, StringComparer.Ordinal);
    }

    /// <summary>Every entry, in the catalogue's order.</summary>
    public IReadOnlyList<ModelEntry> Entries { get; }

    /// <summary>Names that stand for the first of several ids found on this machine.</summary>
    public IEnumerable<string> Aliases => _aliases.Keys;

    /// <summary>Reads and checks a catalogue.</summary>
    /// <param name="json">UTF-8; stays open.</param>
    /// <exception cref="MatteException"><c>catalogue-invalid</c>: not JSON, an unknown or missing field, a value out of its rule.</exception>
    public static ModelCatalogue Load(Stream json)
    {
        ArgumentNullException.ThrowIfNull(json);
        CatalogueDocument document;
        try
        {
            document = JsonSerializer.Deserialize(json, CatalogueJson.Default.CatalogueDocument)
                ?? throw Invalid("it holds null");
        }
        catch (JsonException e)
        {
            throw Invalid(e.Message, e);
        }

        if (CatalogueRules.FirstFault(document) is { } fault)
            throw Invalid(fault);
        return new ModelCatalogue(document);
    }

    /// <summary>This catalogue and the user's own entries. Its own ids stay its own, but that an entry with nothing but an md5 takes the
    /// SHA-256 a user's entry of that id and md5 pins.</summary>
    public ModelCatalogue With(IEnumerable<ModelEntry> own)
    {
        ArgumentNullException.ThrowIfNull(own);
        List<ModelEntry> entries = [.. Entries];
        foreach (ModelEntry entry in own)
        {
            int at = entries.FindIndex(e => e.Id == entry.Id);
            if (at < 0 && !_aliases.ContainsKey(entry.Id))
                entries.Add(entry);
            else if (at >= 0 && entries[at].IsUnpinned && entries[at].Md5 == entry.Md5)
                entries[at] = entries[at] with { Sha256 = entry.Sha256, Bytes = entry.Bytes };
        }

        return new ModelCatalogue(new CatalogueDocument(CatalogueRules.SchemaVersion, _aliases, entries));
    }

    /// <summary>The entry of an id, compared character by character; null where the catalogue has none. Aliases are not ids.</summary>
    public ModelEntry? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The entry of the file with this hash (lower-case hex), if any.</summary>
    public ModelEntry? FindBySha256(string sha256) =>
        Entries.FirstOrDefault(e => string.Equals(e.Sha256, sha256, StringComparison.Ordinal));

    /// <summary>What an id or an alias may stand for, best first; empty where the catalogue knows neither.</summary>
    public IReadOnlyList<ModelEntry> Candidates(string idOrAlias)
    {
        ArgumentNullException.ThrowIfNull(idOrAlias);
        if (_byId.TryGetValue(idOrAlias, out ModelEntry? entry))
            return [entry];
        return _aliases.TryGetValue(idOrAlias, out IReadOnlyList<string>? ids) ? [.. ids.Select(id => _byId[id])] : [];
    }

    private static MatteException Invalid(string what, Exception? inner = null) =>
        new(ErrorKind.Model, "catalogue-invalid", $"The model catalogue cannot be used: {what.TrimEnd('.')}; put the program's own models/catalog.json back.", inner);
}
