namespace VideoMatte.Models;

/// <summary><c>catalog.json</c> as it is written.</summary>
/// <param name="Version">Of the schema: 1.</param>
/// <param name="Aliases">Alias to ids, best first: the alias is the first of them found on this machine, else the first.</param>
/// <param name="Models">The entries, in the order they are listed to people.</param>
internal sealed record CatalogueDocument(int Version, IReadOnlyDictionary<string, IReadOnlyList<string>> Aliases, IReadOnlyList<ModelEntry> Models);
