using VideoMatte.Models;
using VideoMatte.Testing;

namespace VideoMatte.Tests.Models;

/// <summary>The catalogue that comes with the program.</summary>
internal static class ShippedCatalogue
{
    public static string Path { get; } = System.IO.Path.Combine(SharedData.RepositoryRoot, "models", "catalog.json");

    public static ModelCatalogue Load()
    {
        using FileStream json = File.OpenRead(Path);
        return ModelCatalogue.Load(json);
    }
}
