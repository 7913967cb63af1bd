using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Models;

/// <summary><c>models add</c> of graphs whose weights lie beside them.</summary>
public sealed class ExternalWeightsAdditionTests : IDisposable
{
    private readonly PartedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Adding_names_and_hashes_what_lies_beside()
    {
        PartedGraph network = new();
        network.Save(_folder.Models, "net.onnx");
        ModelEntry entry = _folder.Add();
        Assert.Equal(PartedFolder.Entry(network).ExternalData!, entry.ExternalData!);
        Assert.Equal(network.Outside.Length + network.Parts.Sum(p => p.Value.Length), entry.TotalBytes);
        UserEntries.Pin(entry, _folder.Model);
        Assert.Equal(entry.ExternalData!, _folder.Store().Require("net").ExternalData!);
        Assert.Equal(PartedFolder.Matte(network.Inside), PartedFolder.Matte(_folder.Store().Resolve("net", false).Graph));
    }

    [Fact]
    public void Adding_again_takes_what_lies_there_now()
    {
        new PartedGraph().Save(_folder.Models, "net.onnx");
        UserEntries.Pin(_folder.Add(), _folder.Model);
        PartedGraph trained = new(gain: 2);
        trained.Save(_folder.Models, "net.onnx");
        _folder.Fails("net", "model-hash", PartedGraph.Second);
        UserEntries.Pin(_folder.Add(), _folder.Model);
        Assert.Equal(PartedFolder.Matte(trained.Inside), PartedFolder.Matte(_folder.Store().Resolve("net", false).Graph));
    }

    /// <summary>Two trainings of one network are the same graph: the id of one is not the other's, and a path means what lies at it.</summary>
    [Fact]
    public void Two_trainings_of_one_graph_are_two_models()
    {
        new PartedGraph().Save(_folder.Models, "net.onnx");
        UserEntries.Pin(_folder.Add(), _folder.Model);
        PartedGraph second = new(gain: 2);
        string path = second.Save(_folder.Other("second"), "net.onnx");
        ModelStore store = _folder.Store();
        Assert.Equal("model-id", Assert.Throws<MatteException>(() => ModelAddition.Make(store, path, store.Require("u2netp"), null, null)).Code);
        UserEntries.Pin(ModelAddition.Make(store, path, store.Require("u2netp"), "net-2", null), path);
        ModelFile file = _folder.Store().Resolve(path, false);
        Assert.Equal("net-2", file.Id);
        Assert.Equal(PartedFolder.Matte(second.Inside), PartedFolder.Matte(file.Graph));
    }
}
