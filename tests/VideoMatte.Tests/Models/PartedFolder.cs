using System.Security.Cryptography;
using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Models;

/// <summary>A folder that is searched for models, with <c>net.onnx</c> in it and what a test lays beside.</summary>
internal sealed class PartedFolder : IDisposable
{
    private readonly TempFolder _folder = new();

    public PartedFolder() => Models = Directory.CreateDirectory(_folder["models"]).FullName;

    public string Models { get; }

    /// <summary>The folder around it.</summary>
    public string Path => _folder.Path;

    public string Model => this["net.onnx"];

    /// <summary>A file beside the model.</summary>
    public string this[string name] => System.IO.Path.Combine(Models, name);

    /// <summary>Fed as U2-Net's small one is.</summary>
    public static ModelEntry U2netp => Catalogue().Find("u2netp")!;

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static ModelEntry Entry(byte[] graph, params ModelPart[] parts) => U2netp with
    {
        Id = "net",
        File = "net.onnx",
        Url = null,
        Md5 = null,
        Sha256 = Hash(graph),
        Bytes = graph.Length,
        ExternalData = parts,
    };

    public static ModelEntry Entry(PartedGraph network) =>
        Entry(network.Outside, [.. network.Parts.Select(p => new ModelPart(p.Key, Hash(p.Value), p.Value.Length))]);

    /// <summary>What a graph of <see cref="PartedGraph"/>'s contract makes of a picture of many values.</summary>
    public static float[] Matte(byte[] graph)
    {
        using StillSession session = StillSession.Open(graph, "net.onnx", U2netp.Input!, U2netp.Output!, new SessionSettings());
        Span<float> picture = session.Prepare(PartedGraph.Side, PartedGraph.Side);
        for (int i = 0; i < picture.Length; i++)
            picture[i] = ((i * 7919) % 4500 / 1000f) - 2;
        session.Run();
        return session.Result.ToArray();
    }

    /// <summary>Another folder, which is not searched.</summary>
    public string Other(string name) => Directory.CreateDirectory(_folder[name]).FullName;

    public ModelStore Store() => new(Catalogue(), new ModelFolders([Models], null, _folder["built-in"]));

    public void Pin(ModelEntry entry) => UserEntries.Pin(entry, Model);

    /// <summary>The entry that <c>models add</c> makes.</summary>
    public ModelEntry Add()
    {
        ModelStore store = Store();
        return ModelAddition.Make(store, Model, store.Require("u2netp"), null, null);
    }

    /// <returns>The sentence.</returns>
    public string Fails(string nameOrPath, string code, string says)
    {
        MatteException failure = Assert.Throws<MatteException>(() => Store().Resolve(nameOrPath, false));
        Assert.Equal((ErrorKind.Model, code), (failure.Kind, failure.Code));
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        return failure.Message;
    }

    public void Dispose() => _folder.Dispose();

    private static ModelCatalogue Catalogue() =>
        ModelCatalogue.Load(new MemoryStream(File.ReadAllBytes(System.IO.Path.Combine(SharedData.RepositoryRoot, "models", "catalog.json"))));
}
