namespace VideoMatte.Testing;

/// <summary>A folder of a test's own, removed with all it holds.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("videomatte-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

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
