using System.Globalization;
using VideoMatte.Models;

namespace VideoMatte.Cli;

/// <summary>One model as <c>models list</c> and <c>models show</c> print it: all that its entry says, and where it lies.</summary>
/// <param name="Path">Where it lies on this machine with all its parts; null: nowhere.</param>
/// <param name="Bytes">Of all its files together.</param>
/// <param name="Unpinned">Only an md5 vouches for it.</param>
/// <param name="Decoder">The second graph of a prompt network.</param>
/// <param name="Parts">The files that belong beside it, the decoder among them.</param>
/// <param name="Input">How it is fed; null where its family's contract fixes that.</param>
/// <param name="Output">Where its alpha stands; null likewise.</param>
internal sealed record ModelRow(
    string Id, string Name, string Family, string File, string? Path, long? Bytes, string Licence, string Commercial, string GoodFor, string FailsOn,
    string? Url, string? Sha256, string? Md5, bool Unpinned, string Source, string? Decoder, IReadOnlyList<ModelPart> Parts, ModelInput? Input, ModelOutput? Output)
{
    public static ModelRow Of(ModelEntry entry, ModelStore store) => new(
        entry.Id, entry.Name, entry.Family, entry.File, store.Find(entry), entry.TotalBytes, entry.Licence,
        entry.Commercial.ToString().ToLowerInvariant(), entry.GoodFor, entry.FailsOn, entry.Url, entry.Sha256, entry.Md5, entry.IsUnpinned, entry.Source,
        entry.Decoder?.File, entry.Parts, entry.Input, entry.Output);

    /// <summary><c>yes</c>, <c>no</c>, or <c>built in</c> for what needs no file.</summary>
    public string Installed => File.Length == 0 ? "built in" : Path is null ? "no" : "yes";

    public IEnumerable<(string Name, string? Value)> Facts() =>
    [
        ("id", Id), ("name", Name), ("family", Family), ("good for", GoodFor), ("fails on", FailsOn), ("licence", Licence), ("commercial", Commercial),
        ("file", File.Length == 0 ? null : File), ("decoder", Decoder), ("bytes", Bytes?.ToString(CultureInfo.InvariantCulture)),
        ("sha256", Unpinned ? "none published: --accept-unpinned" : Sha256), ("md5", Md5), ("url", Url), ("source", Source),
        .. Parts.Select(p => ("beside it", (string?)string.Create(CultureInfo.InvariantCulture, $"{p.File}, {p.Bytes} bytes, sha256 {p.Sha256}"))),
        .. Input is null ? [] : Feed(Input), .. Output is null ? [] : Result(Output),
        ("installed", Path ?? Installed),
    ];

    private static IEnumerable<(string Name, string? Value)> Feed(ModelInput input)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"{input.Width}x{input.Height}");
        yield return ("input", input.Name ?? "its only one");
        yield return ("size", input.Multiple == 0 ? size : string.Create(CultureInfo.InvariantCulture, $"shorter side {Math.Min(input.Width, input.Height)}, sides multiples of {input.Multiple}"));
        yield return ("layout", input.Layout);
        yield return ("order", input.Order);
        yield return ("scale", Number(input.Scale));
        yield return ("mean", string.Join(", ", input.Mean.Select(Number)));
        yield return ("std", string.Join(", ", input.Std.Select(Number)));
        if (input.Trimap is { } trimap)
            yield return ("trimap", $"{(trimap.Name is null ? "fourth channel" : "input " + trimap.Name)}, scale {Number(trimap.Scale)}");
    }

    private static IEnumerable<(string Name, string? Value)> Result(ModelOutput output) =>
    [
        ("output", output.Name ?? "its first"), ("channel", string.Create(CultureInfo.InvariantCulture, $"{output.Channel}, {output.Layout}")), ("activation", output.Activation),
    ];

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
