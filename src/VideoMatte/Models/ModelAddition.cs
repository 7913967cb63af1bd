using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>An entry of the user's own, made after one of the catalogue.</summary>
public static class ModelAddition
{
    /// <summary>Reads the file, and makes its entry; nothing is written.</summary>
    /// <param name="store">Whose ids are taken.</param>
    /// <param name="path">An existing <c>.onnx</c> file.</param>
    /// <param name="like">Family, feeding and output are its.</param>
    /// <param name="id">Null: from the file's name.</param>
    /// <param name="licence">Null: unknown.</param>
    /// <exception cref="MatteException"><c>model-missing</c>, <c>model-not-onnx</c>, <c>model-external-data</c>, <c>model-id</c>,
    /// <c>model-file-name</c>, <c>model-like</c>.</exception>
    public static ModelEntry Make(ModelStore store, string path, ModelEntry like, string? id, string? licence)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(like);
        if (like.IsBuiltIn)
            throw Fail("model-like", $"{like.Id} is part of the program, and no file is like it; name rvm or a still model after --like.");
        if (!File.Exists(path))
            throw Fail("model-missing", $"The model file {path} does not exist; give an existing file.");
        string name = Path.GetFileName(path);
        if (!CatalogueRules.IsFileName(name))
            throw Fail("model-file-name", $"'{name}' is no name for a model file here: letters, digits, '.', '-', '_', ending in .onnx; rename it.");
        string own = id ?? FromName(name);
        if (!CatalogueRules.IsId(own))
            throw Fail("model-id", $"'{own}' is no id ([a-z0-9][a-z0-9.-]{{0,63}}); give one with --id.");
        (byte[] bytes, string sha256) = ModelReader.Read(Path.GetFullPath(path), expectedBytes: null);
        if (store.Catalogue.Candidates(own) is [{ } taken, ..] && taken.Sha256 != sha256)
            throw Fail("model-id", $"The id {own} is taken by {taken.Name}; give another with --id.");
        return new ModelEntry(
            own, name, like.Family, name, licence ?? "unknown", CommercialUse.Unknown, $"Not known; fed as {like.Id}.", $"Not known; {like.Id} fails on: {like.FailsOn}",
            "Added by the user", Sha256: sha256, Bytes: bytes.LongLength, Input: like.Input, Output: like.Output);
    }

    private static string FromName(string name)
    {
        string stem = Path.GetFileNameWithoutExtension(name).ToLowerInvariant().Replace('_', '-');
        return stem[..Math.Min(stem.Length, 64)];
    }

    private static MatteException Fail(string code, string message) => new(ErrorKind.Model, code, message);
}
