using System.Text.RegularExpressions;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Layering;

/// <summary>What only the source shows: namespaces beside folders, lengths of files, projects that must not meet.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 400;
    private const int LongestProgram = 39;
    private const int LongestPipeline = 299;

    [Fact]
    public void A_namespace_is_its_folder() => Assert.Empty(Sources().Select(WrongNamespace).OfType<string>());

    [Theory]
    [InlineData("src/VideoMatte/Media/X.cs", "namespace VideoMatte.Media;", false)]
    [InlineData("src/VideoMatte/Media/X.cs", "namespace VideoMatte.Frames;", true)]
    [InlineData("src/VideoMatte/Media/X.cs", "namespace VideoMatte.Media { }", true)]
    [InlineData("src/VideoMatte/Media/X.cs", "class X;", true)]
    [InlineData("src/VideoMatte.Cli/Program.cs", "return 0;", false)]
    public void A_wrong_namespace_is_seen(string path, string text, bool wrong) => Assert.Equal(wrong, WrongNamespace((path, text)) is not null);

    [Fact]
    public void No_file_is_a_monster() => Assert.Empty(Sources().Where(TooLong).Select(s => s.Path));

    [Theory]
    [InlineData("src/VideoMatte/Frames/X.cs", 400, false)]
    [InlineData("src/VideoMatte/Frames/X.cs", 401, true)]
    [InlineData("src/VideoMatte.Cli/Program.cs", 39, false)]
    [InlineData("src/VideoMatte.Cli/Program.cs", 40, true)]
    [InlineData("src/VideoMatte/Pipelines/MattingPipeline.cs", 300, true)]
    public void A_long_file_is_seen(string path, int lines, bool tooLong) =>
        Assert.Equal(tooLong, TooLong((path, string.Concat(Enumerable.Repeat("//\n", lines)))));

    [Fact]
    public void Live_and_Evaluation_never_see_each_other()
    {
        (string Path, string Text)[] all = [.. Sources(), .. Files("*.csproj")];
        Assert.Contains(all, s => s.Path.StartsWith("src/VideoMatte.Evaluation/", StringComparison.Ordinal));
        Assert.Empty(all.Where(Meets).Select(s => s.Path));
    }

    [Theory]
    [InlineData("src/VideoMatte.Evaluation/A.cs", "using VideoMatte.Live;", true)]
    [InlineData("src/VideoMatte.Live/A.csproj", "../VideoMatte.Evaluation/VideoMatte.Evaluation.csproj", true)]
    [InlineData("src/VideoMatte.Cli/A.cs", "using VideoMatte.Live;", false)]
    public void A_meeting_is_seen(string path, string text, bool meets) => Assert.Equal(meets, Meets((path, text)));

    private static bool Meets((string Path, string Text) source) =>
        (source.Path.StartsWith("src/VideoMatte.Evaluation/", StringComparison.Ordinal) && source.Text.Contains("VideoMatte.Live", StringComparison.Ordinal))
        || (source.Path.StartsWith("src/VideoMatte.Live/", StringComparison.Ordinal) && source.Text.Contains("VideoMatte.Evaluation", StringComparison.Ordinal));

    private static bool TooLong((string Path, string Text) source)
    {
        int lines = source.Text.Count(c => c == '\n');
        return lines > Path.GetFileName(source.Path) switch
        {
            "Program.cs" when source.Path.StartsWith("src/", StringComparison.Ordinal) => LongestProgram,
            "MattingPipeline.cs" => LongestPipeline,
            _ => LongestFile,
        };
    }

    private static string? WrongNamespace((string Path, string Text) source)
    {
        string folder = string.Join('.', source.Path.Split('/')[1..^1]);
        Match found = Namespace().Match(source.Text);
        bool right = found.Success ? string.Equals(found.Groups[1].Value, folder, StringComparison.Ordinal) : Path.GetFileName(source.Path) == "Program.cs";
        return right ? null : $"{source.Path}: {(found.Success ? found.Groups[1].Value : "no namespace")}";
    }

    private static IEnumerable<(string Path, string Text)> Sources() => Files("*.cs");

    private static IEnumerable<(string Path, string Text)> Files(string pattern) =>
        from top in (string[])["src", "tests"]
        from path in Directory.EnumerateFiles(Path.Combine(SharedData.RepositoryRoot, top), pattern, SearchOption.AllDirectories)
        let name = Path.GetRelativePath(SharedData.RepositoryRoot, path).Replace('\\', '/')
        where !name.Split('/').Any(part => part is "bin" or "obj")
        select (name, File.ReadAllText(path));

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Namespace();
}
