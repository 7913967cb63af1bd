using VideoMatte.Testing;

namespace VideoMatte.Cli.Tests;

/// <summary>A given matte that is full everywhere, for tests of what is not the matte's: no network runs, and nothing is empty.</summary>
internal static class FullMatte
{
    /// <summary>Its path, in a folder it is made in once. It is scaled to any clip, and as a still holds for all of it.</summary>
    public static async Task<string> InAsync(TempFolder folder)
    {
        string path = Path.Combine(Directory.CreateDirectory(folder["full-matte"]).FullName, "white.png");
        if (!File.Exists(path))
            await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=white:s=2x2", "-frames:v", "1", path);
        return path;
    }
}
