namespace VideoMatte.Testing;

/// <summary>A folder of a test's own, removed with all it holds.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("videomatte-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Whether a file of that pattern has grown past so many bytes; a file that is taken away while we look has not.</summary>
    public static bool HasWritten(string folder, string pattern = "*", long moreThan = 0) =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Any(f => new FileInfo(f) is { Exists: true } file && file.Length > moreThan);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A child process that is still closing its files must not hide the test's own result.
        }
    }
}
