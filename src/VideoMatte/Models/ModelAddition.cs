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
    /// <remarks>Where the graph keeps weights in files beside it, the entry names and hashes them.</remarks>
    /// <exception cref="MatteException"><c>model-missing</c>, <c>model-not-onnx</c>, <c>model-external-data</c>, <c>model-too-large</c>,
    /// <c>model-id</c>, <c>model-file-name</c>, <c>model-like</c>.</exception>
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
        OnnxGraph graph = ModelReader.Read(Path.GetFullPath(path), expectedBytes: null);
        IReadOnlyList<ModelPart> weights = ExternalWeights.Find(graph);
        if (store.Catalogue.Candidates(own) is [{ } taken, ..] && !store.IsOwn(taken, graph.Path))
            throw Taken(own, taken, taken.Id == own && taken.Sha256 == graph.Sha256 && weights.SequenceEqual(taken.ExternalData ?? []));
        return new ModelEntry(
            own, name, like.Family, name, licence ?? "unknown", CommercialUse.Unknown, $"Not known; fed as {like.Id}.", $"Not known; {like.Id} fails on: {like.FailsOn}",
            "Added by the user", Sha256: graph.Sha256, Bytes: graph.Bytes.LongLength, Input: like.Input, Output: like.Output, ExternalData: weights.Count > 0 ? weights : null);
    }

    /// <summary>The entry of a prompt network of two files, fed as SAM 2 is: 1024 x 1024, RGB, ImageNet's mean and deviation.</summary>
    /// <param name="store">Whose ids are taken.</param>
    /// <param name="encoder">An existing <c>.onnx</c> file.</param>
    /// <param name="decoder">Another, in the same folder.</param>
    /// <param name="like">A prompt network that it is fed as; null: SAM 2.</param>
    /// <param name="id">Null: from the encoder's name.</param>
    /// <param name="licence">Null: unknown.</param>
    /// <exception cref="MatteException">As for <see cref="Make"/>, and <c>model-decoder</c>.</exception>
    public static ModelEntry MakePrompt(ModelStore store, string encoder, string decoder, ModelEntry? like, string? id, string? licence)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(decoder);
        if (like is not null && like.Family != ModelFamily.Prompt)
            throw Fail("model-like", $"{like.Id} is no prompt network and has no decoder; leave --decoder or --like out.");
        string second = Path.GetFullPath(decoder), name = Path.GetFileName(second);
        if (!File.Exists(second) || Path.GetDirectoryName(second) != Path.GetDirectoryName(Path.GetFullPath(encoder)) || !CatalogueRules.IsFileName(name))
            throw Fail("model-decoder", $"The decoder {decoder} must be an existing .onnx file in the encoder's folder, with a plain name; put it there.");
        OnnxGraph graph = ModelReader.Read(second, expectedBytes: null);
        ModelEntry sam = like ?? new ModelEntry(
            "sam2", "Segment Anything 2", ModelFamily.Prompt, "sam2.onnx", "unknown", CommercialUse.Unknown, "Anything that is pointed at.", "Hair, glass and motion blur: its mask is hard.", "",
            Input: new ModelInput(1024, 1024, "nchw", "rgb", 1 / 255.0, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]));
        ModelEntry entry = Make(store, encoder, sam, id, licence);
        ModelPart[] weights = [.. (entry.ExternalData ?? []).Union(ExternalWeights.Find(graph))];
        return entry with { Decoder = new ModelPart(name, graph.Sha256, graph.Bytes.LongLength), ExternalData = weights.Length > 0 ? weights : null };
    }

    /// <summary>The entry of a trimap network (Deep Image Matting's kind). Where its graph takes the trimap, and its size, are yet to be looked for.</summary>
    /// <param name="store">Whose ids are taken.</param>
    /// <param name="path">An existing <c>.onnx</c> file.</param>
    /// <param name="like">A still or trimap network whose size, order, scale, mean and deviation it shares; null: RGB of ImageNet's mean and
    /// deviation, its shorter side 512 where the graph takes any size.</param>
    /// <param name="id">Null: from the file's name.</param>
    /// <param name="licence">Null: unknown.</param>
    /// <exception cref="MatteException">As for <see cref="Make"/>.</exception>
    public static ModelEntry MakeTrimap(ModelStore store, string path, ModelEntry? like, string? id, string? licence)
    {
        if (like is { Family: not (ModelFamily.Still or ModelFamily.Trimap) })
            throw Fail("model-like", $"{like.Id} is fed otherwise than a trimap network; name a still model after --like, or leave it out.");
        ModelEntry network = like ?? new ModelEntry(
            "deep-image-matting", "Deep Image Matting", ModelFamily.Trimap, "dim.onnx", "unknown", CommercialUse.Unknown, "A drawn trimap.", "what the trimap does not show.", "",
            Input: new ModelInput(512, 512, "nchw", "rgb", 1 / 255.0, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225], Multiple: 32));
        return Make(store, path, network, id, licence) with
        {
            Family = ModelFamily.Trimap,
            Input = network.Input! with { Trimap = network.Input.Trimap ?? new ModelTrimap(1 / 255.0) },
            Output = network.Output is { } output && network.Family == ModelFamily.Trimap ? output : new ModelOutput("nchw", 0, "none"),
            GoodFor = "A drawn trimap.",
        };
    }

    private static string FromName(string name)
    {
        string stem = Path.GetFileNameWithoutExtension(name).ToLowerInvariant().Replace('_', '-');
        return stem[..Math.Min(stem.Length, 64)];
    }

    private static MatteException Taken(string id, ModelEntry by, bool isThatFile) => Fail("model-id", isThatFile
        ? $"This file is {id} already, and needs no entry: use --model {id}, or give another with --id to have it fed otherwise."
        : $"The id {id} is taken by {by.Name} ({by.Id}); give another with --id.");

    private static MatteException Fail(string code, string message) => new(ErrorKind.Model, code, message);
}
