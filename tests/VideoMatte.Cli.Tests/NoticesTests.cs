using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

public sealed class NoticesTests
{
    private static string Committed => Path.Combine(SharedData.RepositoryRoot, "THIRD-PARTY-NOTICES.md");

    [Fact]
    public void The_notices_are_those_of_the_restored_packages()
    {
        string composed = Notices.Compose();
        if (Environment.GetEnvironmentVariable("VIDEOMATTE_WRITE_NOTICES") == "1")
            File.WriteAllText(Committed, composed);
        Assert.Equal(composed, File.ReadAllText(Committed));
    }

    [Fact]
    public void Every_package_names_its_licence()
    {
        string[] rows = [.. File.ReadLines(Committed).Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];
        Assert.True(rows.Length > 20);
        Assert.DoesNotContain(rows, row => row.Contains("own text", StringComparison.Ordinal) || row.Contains("| see ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_runtime_s_own_licence_is_MIT()
    {
        string carried = Path.Combine(AppContext.BaseDirectory, "licences", "onnxruntime", "LICENSE");
        string nuget = Path.Combine(AppContext.BaseDirectory, "Microsoft.ML.OnnxRuntime.dll");
        Assert.True(File.Exists(carried) || File.Exists(nuget), "neither source of ONNX Runtime is beside the program");
        if (File.Exists(carried))
            Assert.StartsWith("MIT License", File.ReadAllText(carried).TrimStart('\uFEFF'), StringComparison.Ordinal);
    }
}
