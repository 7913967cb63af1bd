using Xunit;

namespace VideoMatte.Testing;

/// <summary>Text held by a file of the repository.</summary>
public static class GoldenFile
{
    /// <param name="path">Relative to the repository's root.</param>
    /// <param name="actual">What the program says now.</param>
    public static void Check(string path, string actual)
    {
        string file = Path.Combine(SharedData.RepositoryRoot, path);
        if (Environment.GetEnvironmentVariable("VIDEOMATTE_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.True(File.Exists(file), $"no golden file {path}");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"));
    }
}
