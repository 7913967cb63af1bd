using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using VideoMatte.Testing;

namespace VideoMatte.Cli.Tests;

/// <summary>Writes THIRD-PARTY-NOTICES.md from what the restore of the solution's projects recorded and what the packages say of themselves.</summary>
internal static class Notices
{
    /// <summary>Its packages differ with the build's choice, so it has a row of its own.</summary>
    private const string OnnxRuntime = "Microsoft.ML.OnnxRuntime";

    private static readonly string Root = SharedData.RepositoryRoot;

    public static string Compose()
    {
        Package[] shipped = [.. Packages(["src/VideoMatte.Cli"]).Where(p => p.Ships)];
        string[] projects = [.. new[] { "src", "tests" }.SelectMany(top => Directory.GetDirectories(Path.Combine(Root, top)))
            .Where(folder => Directory.GetFiles(folder, "*.csproj").Length > 0)
            .Select(folder => Path.GetRelativePath(Root, folder))];
        Package[] others = [.. Packages(projects).Where(p => !shipped.Any(s => s.Id == p.Id))];

        var text = new StringBuilder();
        text.Append("# Third-party notices\n\nMade by `src/notices.sh` from the restored packages; a test holds it to them.\n\n## In the program\n\n");
        Table(text, shipped, OnnxRuntimeRows());
        text.Append("\n## For building and testing only, not in the program\n\n");
        Table(text, others, []);
        text.Append("""

            ## Not part of this repository

            - ffmpeg and ffprobe are programs of the user's system, run as processes (LGPL-2.1-or-later or GPL, by how they were built).
            - Weights of Robust Video Matting (GPL-3.0) are fetched by the user; `models/plate.onnx` is this project's own (MIT).

            """);
        foreach (IGrouping<string, Package> group in shipped.Append(OnnxRuntimePackage()).GroupBy(p => p.Licence, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append("\n## ").Append(group.Key).Append("\n\n");
            foreach (Package package in group.OrderBy(p => p.Id, StringComparer.OrdinalIgnoreCase))
                text.Append("- ").Append(package.Id).Append(": ").Append(package.Copyright).Append('\n');
            text.Append('\n').Append(LicenceTexts.Of(group.Key)).Append('\n');
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, IEnumerable<Package> packages, IEnumerable<string> before)
    {
        text.Append("| package | version | licence | home |\n|---|---|---|---|\n");
        foreach (string row in before)
            text.Append(row).Append('\n');
        foreach (Package p in packages.OrderBy(p => p.Id, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Version, StringComparer.Ordinal))
            text.Append("| ").Append(p.Id).Append(" | ").Append(p.Version).Append(" | ").Append(p.Licence).Append(" | ").Append(p.Home).Append(" |\n");
    }

    private static Package OnnxRuntimePackage() =>
        new("ONNX Runtime", string.Empty, "MIT", "Copyright (c) Microsoft Corporation", string.Empty, true);

    private static IEnumerable<string> OnnxRuntimeRows()
    {
        XDocument pins = XDocument.Load(Path.Combine(Root, "src", "OnnxRuntime", "Packages.props"));
        string Value(string name) => pins.Descendants(name).First().Value;
        yield return $"| {OnnxRuntime} or {OnnxRuntime}.Gpu (where the NuGet feed has it) | {Value("OrtNugetVersion")} | MIT | https://onnxruntime.ai |";
        yield return $"| {Value("OrtNpmName")} (elsewhere, from npm) | {Value("OrtNpmVersion")} | MIT | https://onnxruntime.ai |";
    }

    private static IEnumerable<Package> Packages(IEnumerable<string> projects)
    {
        var found = new Dictionary<(string, string), Package>();
        foreach (string project in projects)
        {
            string path = Path.Combine(Root, project, "obj", "project.assets.json");
            if (!File.Exists(path))
                throw new InvalidOperationException($"{project} is not restored; run `dotnet restore VideoMatte.sln` first");
            using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(path));
            string[] folders = [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name)];
            foreach (JsonProperty library in assets.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject())
            {
                string[] name = library.Name.Split('/');
                if (library.Value.GetProperty("type").GetString() != "package" || name[0].StartsWith(OnnxRuntime, StringComparison.OrdinalIgnoreCase))
                    continue;
                bool ships = library.Value.TryGetProperty("runtime", out _) || library.Value.TryGetProperty("runtimeTargets", out _);
                found.TryAdd((name[0], name[1]), Package.Read(folders, name[0], name[1], ships));
            }
        }

        return found.Values;
    }
}
