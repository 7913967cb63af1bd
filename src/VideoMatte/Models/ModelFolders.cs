namespace VideoMatte.Models;

/// <summary>Where models may lie, in the order they are looked for.</summary>
/// <param name="Search">The folders of <c>VIDEOMATTE_MODELS</c>.</param>
/// <param name="Cache">The user's own: <c>videomatte/models</c> in the system's place for caches; null where there is no such place.</param>
/// <param name="BuiltIn">The folder beside the program.</param>
public sealed record ModelFolders(IReadOnlyList<string> Search, string? Cache, string BuiltIn)
{
    /// <summary>Name of the variable that lists folders, separated as in <c>PATH</c>.</summary>
    public const string Variable = "VIDEOMATTE_MODELS";

    /// <summary>All of them, in order, each once.</summary>
    public IEnumerable<string> All => (Cache is null ? [.. Search, BuiltIn] : (string[])[.. Search, Cache, BuiltIn]).Distinct(StringComparer.Ordinal);

    /// <summary>Reads the environment. Empty parts of <c>VIDEOMATTE_MODELS</c> name nothing (not the current folder), and a relative
    /// <c>XDG_CACHE_HOME</c> is not taken, as its specification says.</summary>
    /// <param name="environment">Gives a variable's value, or null.</param>
    /// <param name="programFolder">The folder of the program; its <c>models</c> holds the built-in model and the catalogue.</param>
    public static ModelFolders Of(Func<string, string?> environment, string programFolder)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(programFolder);
        string[] search = (environment(Variable) ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new ModelFolders(
            [.. search.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)],
            CacheBase(environment) is { } caches ? Path.Combine(caches, "videomatte", "models") : null,
            Path.Combine(programFolder, "models"));
    }

    private static string? CacheBase(Func<string, string?> environment)
    {
        if (OperatingSystem.IsWindows())
            return Absolute(environment("LOCALAPPDATA"));
        if (Absolute(environment("XDG_CACHE_HOME")) is { } xdg)
            return xdg;
        string? home = Absolute(environment("HOME"));
        if (home is null)
            return null;
        return OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches") : Path.Combine(home, ".cache");
    }

    private static string? Absolute(string? path) => Path.IsPathFullyQualified(path ?? string.Empty) ? path : null;
}
