using System.Globalization;
using VideoMatte.Models;

namespace VideoMatte.Cli;

/// <summary>One model as <c>models list</c> and <c>models show</c> print it.</summary>
/// <param name="Path">Where it lies on this machine with all its parts; null: nowhere.</param>
/// <param name="Bytes">Of all its files together.</param>
/// <param name="Parts">The files that belong beside it.</param>
internal sealed record ModelRow(
    string Id, string Name, string Family, string File, string? Path, long? Bytes, string Licence, string Commercial, string GoodFor, string FailsOn,
    string? Url, string? Sha256, string Source, IReadOnlyList<ModelPart> Parts)
{
    public static ModelRow Of(ModelEntry entry, ModelStore store) => new(
        entry.Id, entry.Name, entry.Family, entry.File, store.Find(entry), entry.TotalBytes, entry.Licence,
        entry.Commercial.ToString().ToLowerInvariant(), entry.GoodFor, entry.FailsOn, entry.Url, entry.Sha256, entry.Source, entry.Parts);

    /// <summary><c>yes</c>, <c>no</c>, or <c>built in</c> for what needs no file.</summary>
    public string Installed => File.Length == 0 ? "built in" : Path is null ? "no" : "yes";

    public IEnumerable<(string Name, string? Value)> Facts() =>
    [
        ("id", Id), ("name", Name), ("family", Family), ("good for", GoodFor), ("fails on", FailsOn), ("licence", Licence), ("commercial", Commercial),
        ("file", File.Length == 0 ? null : File), ("beside it", Parts.Count == 0 ? null : string.Join(", ", Parts.Select(p => p.File))), ("bytes", Bytes?.ToString(CultureInfo.InvariantCulture)), ("sha256", Sha256), ("url", Url), ("source", Source),
        ("installed", Path ?? Installed),
    ];
}
