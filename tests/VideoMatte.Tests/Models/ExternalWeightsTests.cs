using System.Security.Cryptography;
using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Models;

/// <summary>Graphs whose weights lie in files beside them: taken where the entry names and hashes each, else refused.</summary>
public sealed class ExternalWeightsTests : IDisposable
{
    private readonly PartedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_graph_with_its_weights_beside_it_mattes_as_with_them_inside()
    {
        PartedGraph network = new();
        network.Save(_folder.Models, "net.onnx");
        _folder.Pin(PartedFolder.Entry(network));
        ModelFile byId = _folder.Store().Resolve("net", false), byPath = _folder.Store().Resolve(_folder.Model, false);
        Assert.Equal(("net", "net"), (byId.Id, byPath.Id));
        Assert.Empty(OnnxInspection.Inspect(byId.Bytes.Span).External);
        Assert.Equal(PartedFolder.Hash(network.Outside), byId.Sha256);
        float[] expected = PartedFolder.Matte(network.Inside);
        Assert.True(expected.Distinct().Count() > 100, "a matte that says something");
        // The same weights in the same operators: the same bits.
        Assert.Equal(expected, PartedFolder.Matte(byId.Graph));
        Assert.Equal(expected, PartedFolder.Matte(byPath.Graph));
        Assert.NotEqual(expected, PartedFolder.Matte(new PartedGraph(gain: 1).Inside));
    }

    [Fact]
    public void A_part_that_is_not_what_the_entry_names_is_refused()
    {
        PartedGraph network = new();
        network.Save(_folder.Models, "net.onnx");
        _folder.Pin(PartedFolder.Entry(network));
        byte[] whole = File.ReadAllBytes(_folder[PartedGraph.First]);
        // Also where the byte belongs to no tensor: it is the file that is vouched for.
        foreach (int at in (int[])[0, whole.Length - 1])
        {
            byte[] other = [.. whole];
            other[at] ^= 1;
            File.WriteAllBytes(_folder[PartedGraph.First], other);
            Assert.Contains("SHA-256", _folder.Fails("net", "model-hash", PartedGraph.First), StringComparison.Ordinal);
        }

        File.WriteAllBytes(_folder[PartedGraph.First], whole[..^1]);
        _folder.Fails("net", "model-hash", PartedGraph.First);
        File.WriteAllBytes(_folder[PartedGraph.First], [.. whole, 0]);
        _folder.Fails("net", "model-hash", PartedGraph.First);
        File.WriteAllBytes(_folder[PartedGraph.First], []);
        _folder.Fails("net", "model-hash", PartedGraph.First);
        File.WriteAllBytes(_folder[PartedGraph.First], whole);
        Assert.Equal("net", _folder.Store().Resolve("net", false).Id);
    }

    [Fact]
    public void A_part_that_is_missing_is_named_and_the_model_is_not_installed()
    {
        PartedGraph network = new();
        network.Save(_folder.Models, "net.onnx");
        _folder.Pin(PartedFolder.Entry(network));
        File.Delete(_folder[PartedGraph.First]);
        _folder.Fails("net", "model-missing", PartedGraph.First);
        _folder.Fails(_folder.Model, "model-missing", PartedGraph.First);
        ModelStore store = _folder.Store();
        Assert.Null(store.Find(store.Require("net")));
        Assert.Equal(_folder.Model, store.FindAlone(store.Require("net")));
        Directory.CreateDirectory(_folder[PartedGraph.First]);
        _folder.Fails("net", "model-missing", PartedGraph.First);
    }

    [Theory]
    [InlineData("../weights.bin")]
    [InlineData("./brightness.weights.bin")]
    [InlineData("sub/weights.bin")]
    [InlineData("..\\weights.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\weights.bin")]
    [InlineData("file:weights.bin")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("weights.bin.")]
    [InlineData("weights.bin\0")]
    [InlineData("weights bin")]
    [InlineData("we\u0456ghts.bin")]
    [InlineData("con")]
    [InlineData("NUL.bin")]
    [InlineData("net.onnx.model.json")]
    [InlineData("net.onnx.lock")]
    [InlineData("*/_ORT_MEM_ADDR_/*")]
    [InlineData("")]
    public void A_place_that_is_no_plain_file_beside_the_model_is_refused(string location)
    {
        PartedGraph network = new(locations: (location, PartedGraph.Second));
        network.Save(_folder.Models, "net.onnx");
        // An entry cannot list such a name, so that it lists the file by its own.
        Assert.Equal("catalogue-invalid", Assert.Throws<MatteException>(() => _folder.Pin(PartedFolder.Entry(network) with { ExternalData = [new(location, PartedFolder.Hash([]), 1)] })).Code);
        _folder.Pin(PartedFolder.Entry(network));
        _folder.Fails("net", "model-external-data", location);
        _folder.Fails(_folder.Model, "model-external-data", location);
        Assert.Equal("model-external-data", Assert.Throws<MatteException>(() => _folder.Add()).Code);
    }

    [Fact]
    public void A_file_that_the_entry_does_not_list_is_refused()
    {
        PartedGraph network = new();
        network.Save(_folder.Models, "net.onnx");
        Assert.Contains("models add", _folder.Fails(_folder.Model, "model-external-data", PartedGraph.First), StringComparison.Ordinal);
        ModelEntry entry = PartedFolder.Entry(network);
        _folder.Pin(entry with { ExternalData = [entry.ExternalData![0]] });
        _folder.Fails("net", "model-external-data", PartedGraph.Second);
        // Names are compared by their characters: where case is ignored another graph must not slip through either.
        _folder.Pin(entry with { ExternalData = [entry.ExternalData[0], entry.ExternalData[1] with { File = PartedGraph.Second.ToUpperInvariant() }] });
        File.Copy(_folder[PartedGraph.Second], _folder[PartedGraph.Second.ToUpperInvariant()], overwrite: true);
        _folder.Fails("net", "model-external-data", PartedGraph.Second);
    }

    [Theory]
    [InlineData("offset", "5", "length", "8")]
    [InlineData("offset", "13", null, null)]
    [InlineData("offset", "9223372036854775807", "length", "9223372036854775807")]
    [InlineData("length", "13", null, null)]
    [InlineData("offset", "-4", "length", "4")]
    [InlineData("length", "4 ", null, null)]
    public void Bytes_that_the_part_does_not_hold_are_refused(string key, string value, string? otherKey, string? otherValue)
    {
        SaveOne(12, [(key, value), .. otherKey is null ? [] : new[] { (otherKey, otherValue!) }]);
        _folder.Fails("net", "model-external-data", "w.bin");
    }

    [Theory]
    [InlineData(null, null, 0, 12)]
    [InlineData("4", null, 4, 8)]
    [InlineData("4", "4", 4, 4)]
    [InlineData("12", "0", 12, 0)]
    [InlineData(null, "8", 0, 8)]
    public void Bytes_that_it_holds_are_brought_in(string? offset, string? length, int from, int count)
    {
        byte[] part = SaveOne(12, [.. offset is null ? [] : new[] { ("offset", offset) }, .. length is null ? [] : new[] { ("length", length) }]);
        byte[] graph = _folder.Store().Resolve("net", false).Graph;
        Assert.Equal(OnnxBytes.Field(9, part[from..(from + count)]), graph[^(count + 2)..]);
    }

    [Fact]
    public void A_part_is_not_held_a_second_time()
    {
        // Over two megabytes, so that it is read in several blocks, of which the last is not full.
        byte[] part = SaveOne(9_000_001, []);
        ModelStore store = _folder.Store();
        long before = GC.GetAllocatedBytesForCurrentThread();
        byte[] graph = store.Resolve("net", false).Graph;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        // The graph itself, a block to read by, and small things.
        Assert.InRange(allocated, part.Length, part.Length + (1 << 20) + 200_000);
        Assert.True(graph.AsSpan(graph.Length - part.Length).SequenceEqual(part));
    }

    [Fact]
    public void More_than_a_graph_can_hold_is_refused_before_it_is_read()
    {
        SaveOne(12, []);
        _folder.Pin(UserEntries.Beside(_folder.Model)! with { ExternalData = [new("w.bin", PartedFolder.Hash([]), 3L << 30)] });
        _folder.Fails("net", "model-too-large", "2 GiB");
    }

    [Fact]
    public void A_link_out_of_the_folder_is_refused_and_one_that_stays_is_not()
    {
        PartedGraph network = new();
        network.Save(_folder.Models, "net.onnx");
        _folder.Pin(PartedFolder.Entry(network));
        string elsewhere = Path.Combine(_folder.Path, "elsewhere.bin"), beside = _folder["really.bin"];
        File.Copy(_folder[PartedGraph.First], elsewhere);
        File.Move(_folder[PartedGraph.First], beside);
        File.CreateSymbolicLink(_folder[PartedGraph.First], elsewhere);
        _folder.Fails("net", "model-external-data", _folder.Path);
        Assert.Equal("model-external-data", Assert.Throws<MatteException>(() => _folder.Add()).Code);
        File.Delete(_folder[PartedGraph.First]);
        File.CreateSymbolicLink(_folder[PartedGraph.First], "really.bin");
        Assert.Equal("net", _folder.Store().Resolve("net", false).Id);
    }

    /// <summary>Caches that keep files by their hash show a folder of links into another: what the model's own link leads to is its folder too.</summary>
    [Fact]
    public void A_link_that_goes_the_way_of_the_models_own_is_taken()
    {
        PartedGraph network = new();
        string blobs = _folder.Other("blobs");
        network.Save(blobs, "0001");
        foreach ((string link, string blob) in ((string, string)[])[("net.onnx", "0001"), (PartedGraph.First, PartedGraph.First), (PartedGraph.Second, PartedGraph.Second)])
            File.CreateSymbolicLink(_folder[link], Path.Combine(blobs, blob));
        UserEntries.Pin(_folder.Add(), _folder.Model);
        Assert.Equal(PartedFolder.Matte(network.Inside), PartedFolder.Matte(_folder.Store().Resolve("net", false).Graph));
    }

    /// <summary>A graph with one tensor outside, in <c>w.bin</c>, and its entry.</summary>
    private byte[] SaveOne(int bytes, (string Key, string Value)[] place)
    {
        byte[] part = RandomNumberGenerator.GetBytes(bytes);
        byte[] tensor = [.. OnnxBytes.ExternalTensorBody("w.bin"), .. place.SelectMany(p => OnnxBytes.Field(13, [.. OnnxBytes.Text(1, p.Key), .. OnnxBytes.Text(2, p.Value)]))];
        byte[] graph = OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(), OnnxBytes.Field(5, tensor)));
        File.WriteAllBytes(_folder["w.bin"], part);
        File.WriteAllBytes(_folder.Model, graph);
        _folder.Pin(PartedFolder.Entry(graph, new ModelPart("w.bin", PartedFolder.Hash(part), bytes)));
        return part;
    }
}
