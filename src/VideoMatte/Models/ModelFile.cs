namespace VideoMatte.Models;

/// <summary>A model that has been read and verified. Sessions are made from <see cref="Bytes"/>: what was hashed is what runs, whatever
/// happens to the file afterwards.</summary>
public sealed class ModelFile
{
    internal ModelFile(ModelEntry? entry, string path, byte[] bytes, string sha256)
    {
        Entry = entry;
        Path = path;
        Bytes = bytes;
        Sha256 = sha256;
    }

    /// <summary>The catalogue's facts; null for a file it does not know.</summary>
    public ModelEntry? Entry { get; }

    /// <summary>Catalogue id, or null.</summary>
    public string? Id => Entry?.Id;

    /// <summary>The family by the catalogue; null where only the graph itself can tell.</summary>
    public string? Family => Entry?.Family;

    /// <summary>Name of the licence, or <c>unknown</c>.</summary>
    public string Licence => Entry?.Licence ?? "unknown";

    public CommercialUse Commercial => Entry?.Commercial ?? CommercialUse.Unknown;

    /// <summary>Lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>Absolute path it was read from.</summary>
    public string Path { get; }

    /// <summary>The whole file: an ONNX graph that holds all its weights itself.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }
}
