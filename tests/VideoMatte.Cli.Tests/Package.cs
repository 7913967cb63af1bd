using System.Xml.Linq;

namespace VideoMatte.Cli.Tests;

/// <summary>A NuGet package by its own word.</summary>
/// <param name="Licence">SPDX expression, or <c>see URL</c>.</param>
/// <param name="Ships">Has assemblies that go beside a program.</param>
internal sealed record Package(string Id, string Version, string Licence, string Copyright, string Home, bool Ships)
{
    /// <summary>Addresses that old packages give in place of a licence's name.</summary>
    private static readonly Dictionary<string, string> KnownAddresses = new(StringComparer.Ordinal)
    {
        ["https://raw.githubusercontent.com/xunit/xunit/master/license.txt"] = "Apache-2.0",
        ["https://github.com/dotnet/corefx/blob/master/LICENSE.TXT"] = "MIT",
    };

    public static Package Read(IEnumerable<string> folders, string id, string version, bool ships)
    {
        string lower = id.ToLowerInvariant();
        string path = folders.Select(f => Path.Combine(f, lower, version.ToLowerInvariant(), lower + ".nuspec")).First(File.Exists);
        XElement metadata = XDocument.Load(path).Root!.Elements().First(e => e.Name.LocalName == "metadata");
        string? Value(string name) => metadata.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim();
        XElement? licence = metadata.Elements().FirstOrDefault(e => e.Name.LocalName == "license");
        string name = licence?.Attribute("type")?.Value switch
        {
            "expression" => licence.Value.Trim(),
            "file" => Named(File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, licence.Value.Trim().Replace('\\', '/')))),
            _ => KnownAddresses.GetValueOrDefault(Value("licenseUrl") ?? string.Empty) ?? "see " + (Value("licenseUrl") ?? "its package"),
        };
        return new Package(id, version, name, Value("copyright") ?? "Copyright " + Value("authors"), Value("projectUrl") ?? string.Empty, ships);
    }

    private static string Named(string text) =>
        text.Contains("MIT License", StringComparison.OrdinalIgnoreCase) || text.Contains("Permission is hereby granted, free of charge", StringComparison.Ordinal) ? "MIT"
        : text.Contains("Apache License", StringComparison.Ordinal) ? "Apache-2.0"
        : text.Contains("MICROSOFT SOFTWARE LICENSE TERMS", StringComparison.OrdinalIgnoreCase) ? "Microsoft software licence"
        : "own text, in the package";
}
