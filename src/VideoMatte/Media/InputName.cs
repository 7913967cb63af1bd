using VideoMatte.Media.Pipes;

namespace VideoMatte.Media;

/// <summary>The name an input goes by in names made for it.</summary>
public static class InputName
{
    /// <summary>A file's without its extension; a folder's own; of a pattern what stands before the number; <c>stdin</c> of a pipe.</summary>
    /// <param name="input">As the user named it.</param>
    public static string Of(string input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input == StandardStreams.Name)
            return "stdin";
        string bare = Path.TrimEndingDirectorySeparator(input);
        if (File.Exists(bare))
            return Path.GetFileNameWithoutExtension(bare);
        if (Directory.Exists(bare))
            return Path.GetFileName(Path.GetFullPath(bare));
        return ImagePattern.Of(bare) is { Title.Length: > 0 } pattern ? pattern.Title : Path.GetFileNameWithoutExtension(bare);
    }
}
