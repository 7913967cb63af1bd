using System.Globalization;
using System.Text.RegularExpressions;

namespace VideoMatte.Models;

/// <summary>What every entry of a catalogue must keep to.</summary>
internal static partial class CatalogueRules
{
    public const int SchemaVersion = 1;

    /// <summary>Largest side of a network's picture, pixels.</summary>
    private const int MostSide = 4096;

    /// <summary>Longest part, bytes: far above what a graph can hold, far below where sums of lengths end.</summary>
    private const long MostPartBytes = 1L << 40;

    /// <summary>The first fault, as a clause that names entry and field; null where there is none.</summary>
    public static string? FirstFault(CatalogueDocument document)
    {
        if (document.Version != SchemaVersion)
            return string.Create(CultureInfo.InvariantCulture, $"version is {document.Version}, this program reads version {SchemaVersion}");
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (ModelEntry? entry in document.Models)
        {
            if (entry is null)
                return "models holds null where an entry belongs";
            if (FirstFault(entry) is { } fault)
                return fault;
            if (!ids.Add(entry.Id))
                return $"'{entry.Id}' stands there twice";
        }

        if (FirstClash(document.Models) is { } clash)
            return clash;

        if (!document.Models.Any(e => e.Family == ModelFamily.Plate) || !document.Aliases.ContainsKey(ModelCatalogue.RvmAlias))
            return $"a model of the family {ModelFamily.Plate} and the alias {ModelCatalogue.RvmAlias} belong there: the program runs them where none is named";
        foreach ((string alias, IReadOnlyList<string?>? targets) in document.Aliases)
        {
            if (!IsId(alias) || ids.Contains(alias))
                return $"alias '{alias}' is no free id";
            if (targets is not { Count: > 0 } || targets.Any(t => t is null || !ids.Contains(t)))
                return $"alias '{alias}' must name ids of the catalogue";
        }

        return null;
    }

    /// <summary>The same for one entry by itself.</summary>
    public static string? FirstFault(ModelEntry entry)
    {
        if (!IsId(entry.Id))
            return $"'{entry.Id}' is no id ([a-z0-9][a-z0-9.-]{{0,63}}, not ending in .onnx)";
        return EntryFault(entry) is { } fault ? $"'{entry.Id}': {fault}" : null;
    }

    public static bool IsId(string text) => Id().IsMatch(text) && !text.EndsWith(".onnx", StringComparison.Ordinal);

    /// <summary>A plain name, which means a file on every system: no folder, no device of Windows.</summary>
    public static bool IsFileName(string text) => FileName().IsMatch(text) && !Device().IsMatch(text);

    /// <summary>The same for a file that holds weights, which ends in whatever its exporter likes, but not as this program's own files beside a
    /// model do, nor in a dot, which Windows leaves out.</summary>
    public static bool IsPartName(string text) => PartName().IsMatch(text) && !Device().IsMatch(text) && !OwnName().IsMatch(text);

    /// <summary>Files lie in one folder: the same name cannot stand for two of them, there or where case is ignored. Weights may be shared,
    /// a model file is one entry's.</summary>
    private static string? FirstClash(IReadOnlyList<ModelEntry> entries)
    {
        HashSet<string> models = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, string?> hashes = new(StringComparer.OrdinalIgnoreCase);
        foreach (ModelEntry entry in entries.Where(e => e.HasFile))
        {
            if (!models.Add(entry.File))
                return $"'{entry.Id}': the file '{entry.File}' is that of an entry before it";
            foreach ((string file, string? sha256) in entry.Parts.Select(p => (p.File, (string?)p.Sha256)).Prepend((entry.File, entry.Sha256)))
                if (!hashes.TryAdd(file, sha256) && hashes[file] != sha256)
                    return $"'{entry.Id}': the file '{file}' is another one in an entry before it";
        }

        return null;
    }

    private static string? EntryFault(ModelEntry entry)
    {
        if (!ModelFamily.All.Contains(entry.Family, StringComparer.Ordinal))
            return $"family '{entry.Family}' is unknown (known: {string.Join(", ", ModelFamily.All)})";
        if (!entry.HasFile)
            return entry is { File: "", Url: null, Sha256: null, Md5: null, Bytes: null, Input: null, Output: null, Decoder: null, ExternalData: null } && HasWords(entry)
                ? null
                : "a solver has no file, and name, licence, goodFor, failsOn and source say something";
        if (!IsFileName(entry.File))
            return $"file '{entry.File}' is no plain name that ends in .onnx";
        if (!HasWords(entry))
            return "name, licence, goodFor, failsOn and source must say something";
        if (entry.Sha256 is null && entry.Md5 is null)
            return "sha256 is missing (md5 where nothing better is published)";
        if (entry.Sha256 is not null && !Sha256().IsMatch(entry.Sha256))
            return "sha256 must be 64 lower-case hexadecimal digits";
        if (entry.Md5 is not null && !Md5().IsMatch(entry.Md5))
            return "md5 must be 32 lower-case hexadecimal digits";
        if (entry.Bytes is <= 0 || (entry.Bytes is null && entry.Sha256 is not null && entry.Url is null))
            return "bytes must be the file's length";
        if (entry.Url is not null && !(Uri.TryCreate(entry.Url, UriKind.Absolute, out Uri? url) && url.Scheme == Uri.UriSchemeHttps))
            return "url must be an https address";
        if (ExternalFault(entry) is { } outside)
            return outside;
        if (entry.Family == ModelFamily.Prompt)
            return PromptFault(entry);
        if (entry.Decoder is not null)
            return "a decoder belongs to prompt networks";
        bool still = entry.Family is ModelFamily.Still or ModelFamily.Trimap;
        if (still != (entry.Input is not null) || still != (entry.Output is not null))
            return still ? "a still model needs input and output" : "input and output belong to still models";
        if (entry.Input is { } fed && (fed.Trimap is not null) != (entry.Family == ModelFamily.Trimap))
            return "a trimap network's input has a trimap, and no other's";
        return still ? FeedFault(entry.Input!) ?? ResultFault(entry.Output!) : null;
    }

    private static string? ExternalFault(ModelEntry entry)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase) { entry.File, entry.Decoder?.File ?? entry.File };
        foreach (ModelPart? part in entry.ExternalData ?? [])
        {
            if (part is null || !IsPartName(part.File))
                return $"externalData's file '{part?.File}' is no plain name of a file beside the model";
            if (!names.Add(part.File))
                return $"externalData's file '{part.File}' stands there twice, or is a graph";
            if (!Sha256().IsMatch(part.Sha256) || part.Bytes is <= 0 or > MostPartBytes)
                return $"externalData's file '{part.File}' needs a sha256 of 64 lower-case hexadecimal digits, and bytes";
        }

        return null;
    }

    private static string? PromptFault(ModelEntry entry)
    {
        if (entry is not { Input: { Multiple: 0, Trimap: null } input, Output: null, Decoder: { } decoder })
            return "a prompt network needs input of a fixed size and a decoder, and no output";
        if (!IsFileName(decoder.File) || decoder.File == entry.File || !Sha256().IsMatch(decoder.Sha256) || decoder.Bytes <= 0)
            return "its decoder needs a file of another plain name that ends in .onnx, a sha256 and bytes";
        return entry.Url is null ? FeedFault(input) : "a prompt network has two files and no url: they are put there by hand";
    }

    private static bool HasWords(ModelEntry entry) => !new[] { entry.Name, entry.Licence, entry.GoodFor, entry.FailsOn, entry.Source }.Any(string.IsNullOrWhiteSpace);

    private static string? FeedFault(ModelInput input)
    {
        if (input.Name is { Length: 0 } || input.Width is < 1 or > MostSide || input.Height is < 1 or > MostSide || input.Multiple is < 0 or > MostSide)
            return "input needs a size, sides of 1 to 4096, and a name that says something or none";
        if (input.Layout is not ("nchw" or "nhwc") || input.Order is not ("rgb" or "bgr"))
            return "input's layout is nchw or nhwc, its order rgb or bgr";
        if (input.Trimap is { } trimap && (trimap.Name is { Length: 0 } || trimap.Scale == 0 || !double.IsFinite(trimap.Scale)))
            return "input's trimap needs a scale, and a name that says something or none";
        bool finite = double.IsFinite(input.Scale) && input.Mean.All(double.IsFinite) && input.Std.All(double.IsFinite);
        return finite && input.Scale != 0 && input.Mean.Count == 3 && input.Std.Count == 3 && !input.Std.Contains(0)
            ? null
            : "input needs a scale and three numbers each of mean and std, none of scale and std 0";
    }

    private static string? ResultFault(ModelOutput output)
    {
        bool known = output.Layout is ("nchw" or "nhwc") && output.Activation is ("none" or "sigmoid" or "softmax");
        return output.Name is not { Length: 0 } && known && output.Channel is >= 0 and < 1024
            ? null
            : "output needs a name that says something or none, layout nchw or nhwc, a channel from 0 and activation none, sigmoid or softmax";
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.-]{0,120}\.onnx\z", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,158}[A-Za-z0-9_-])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex PartName();

    [GeneratedRegex(@"\.(lock|part|part\.from|model\.json)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OwnName();

    [GeneratedRegex(@"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|\z)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Device();

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sha256();

    [GeneratedRegex(@"^[0-9a-f]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Md5();
}
