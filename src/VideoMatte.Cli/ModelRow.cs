using System.Globalization;
using VideoMatte.Models;

namespace VideoMatte.Cli;

/// <summary>One model as <c>models list</c> and <c>models show</c> print it.</summary>
/// <param name="Path">Where it lies on this machine; null: nowhere.</param>
internal sealed record ModelRow(
    string Id, string Name, string Family, string File, string? Path, long? Bytes, string Licence, string Commercial, string GoodFor, string FailsOn,
    string? Url, string? Sha256, string Source)
{
    public static ModelRow Of(ModelEntry entry, ModelStore store) => new(
        entry.Id, entry.Name, entry.Family, entry.File, store.Find(entry), entry.Bytes, entry.Licence,
        entry.Commercial.ToString().ToLowerInvariant(), entry.GoodFor, entry.FailsOn, entry.Url, entry.Sha256, entry.Source);

    /// <summary><c>yes</c>, <c>no</c>, or <c>built in</c> for what needs no file.</summary>
    public string Installed => File.Length == 0 ? "built in" : Path is null ? "no" : "yes";

    public IEnumerable<(string Name, string? Value)> Facts() =>
    [
        ("id", Id), ("name", Name), ("family", Family), ("good for", GoodFor), ("fails on", FailsOn), ("licence", Licence), ("commercial", Commercial),
        ("file", File.Length == 0 ? null : File), ("bytes", Bytes?.ToString(CultureInfo.InvariantCulture)), ("sha256", Sha256), ("url", Url), ("source", Source),
        ("installed", Path ?? Installed),
    ];
}
