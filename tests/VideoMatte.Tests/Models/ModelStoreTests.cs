using System.Security.Cryptography;
using System.Text;
using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Models;

public sealed class ModelStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _search;
    private readonly string _cache;
    private readonly string _builtIn;

    public ModelStoreTests()
    {
        _search = Directory.CreateDirectory(_folder["search"]).FullName;
        _cache = Directory.CreateDirectory(_folder["cache"]).FullName;
        _builtIn = Directory.CreateDirectory(_folder["built-in"]).FullName;
    }

    private static byte[] First => OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(), OnnxBytes.Text(2, "first")));

    private static byte[] Second => OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(), OnnxBytes.Text(2, "second")));

    private static byte[] Plate => OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(), OnnxBytes.Text(2, "plate")));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_id_is_found_in_the_listed_folders_then_the_cache_then_beside_the_program()
    {
        ModelStore store = Store();
        File.WriteAllBytes(Path.Combine(_builtIn, "first.onnx"), First);
        Assert.Equal(Path.Combine(_builtIn, "first.onnx"), store.Resolve("first", false).Path);
        File.WriteAllBytes(Path.Combine(_cache, "first.onnx"), First);
        Assert.Equal(Path.Combine(_cache, "first.onnx"), store.Resolve("first", false).Path);
        File.WriteAllBytes(Path.Combine(_search, "first.onnx"), First);
        ModelFile found = store.Resolve("first", false);
        Assert.Equal(Path.Combine(_search, "first.onnx"), found.Path);
        Assert.Equal(("first", "rvm", "GPL-3.0", CommercialUse.Yes), (found.Id, found.Family, found.Licence, found.Commercial));
        Assert.True(found.Bytes.Span.SequenceEqual(First));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(First)), found.Sha256);
    }

    [Fact]
    public void The_alias_is_the_first_that_is_installed()
    {
        File.WriteAllBytes(Path.Combine(_cache, "second.onnx"), Second);
        Assert.Equal("second", Store().Resolve("rvm", false).Id);
        Assert.Equal("second", Store().Resolve(null, false).Id);
        File.WriteAllBytes(Path.Combine(_cache, "first.onnx"), First);
        Assert.Equal("first", Store().Resolve("rvm", false).Id);
        Assert.Equal("first", Store().Resolve(null, false).Id);
    }

    [Fact]
    public void Nothing_named_and_nothing_installed_says_what_to_do()
    {
        File.WriteAllBytes(Path.Combine(_builtIn, "plate.onnx"), Plate);
        MatteException missing = Fails(null, "model-missing");
        foreach (string part in (string[])["models get rvm", "--model plate", "https://example.org/first.onnx", "first.onnx", _cache])
            Assert.Contains(part, missing.Message, StringComparison.Ordinal);
        Assert.Contains(_cache, Fails("rvm", "model-missing").Message, StringComparison.Ordinal);
        Assert.Contains("put the file second.onnx into", Fails("second", "model-missing").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clean_plate_chooses_the_built_in_model_and_nothing_else_does()
    {
        File.WriteAllBytes(Path.Combine(_builtIn, "plate.onnx"), Plate);
        File.WriteAllBytes(Path.Combine(_cache, "first.onnx"), First);
        Assert.Equal("plate", Store().Resolve(null, cleanPlateGiven: true).Id);
        Assert.Equal("first", Store().Resolve(null, cleanPlateGiven: false).Id);
        Assert.Equal("first", Store().Resolve("first", cleanPlateGiven: true).Id);
    }

    [Theory]
    [InlineData("../first")]
    [InlineData("..\\first")]
    [InlineData("./first")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\first")]
    [InlineData("file:first")]
    [InlineData("first\0")]
    [InlineData("first ")]
    [InlineData("FIRST")]
    [InlineData("f\u0456rst")]
    [InlineData("\u202Etsrif")]
    [InlineData("%2e%2e%2ffirst")]
    [InlineData("")]
    public void What_is_no_id_is_unknown_and_never_a_path(string name)
    {
        File.WriteAllBytes(Path.Combine(_search, "first.onnx"), First);
        File.WriteAllBytes(_folder["first"], First);
        MatteException unknown = Fails(name, "model-unknown");
        Assert.Contains("rvm, first, second, plate", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_hash_or_length_is_never_handed_out()
    {
        byte[] other = First;
        other[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(_cache, "first.onnx"), other);
        Assert.Contains("SHA-256", Fails("first", "model-hash").Message, StringComparison.Ordinal);
        File.WriteAllBytes(Path.Combine(_cache, "first.onnx"), First[..^1]);
        Assert.Contains("bytes", Fails("first", "model-hash").Message, StringComparison.Ordinal);
        File.WriteAllBytes(Path.Combine(_cache, "first.onnx"), []);
        Fails("first", "model-hash");
        Fails(null, "model-hash");
    }

    [Fact]
    public void A_link_to_the_file_is_the_file()
    {
        File.WriteAllBytes(_folder["elsewhere.onnx"], First);
        File.CreateSymbolicLink(Path.Combine(_cache, "first.onnx"), _folder["elsewhere.onnx"]);
        Assert.Equal("first", Store().Resolve("first", false).Id);
        File.WriteAllBytes(_folder["elsewhere.onnx"], Second);
        Fails("first", "model-hash");
        File.Delete(_folder["elsewhere.onnx"]);
        Fails("first", "model-unreadable");
    }

    [Fact]
    public void A_path_gets_the_facts_of_the_row_with_its_hash()
    {
        File.WriteAllBytes(_folder["renamed.onnx"], First);
        ModelFile known = Store().Resolve(_folder["renamed.onnx"], false);
        Assert.Equal(("first", "GPL-3.0"), (known.Id, known.Licence));

        File.WriteAllBytes(_folder["mine.ONNX"], OnnxBytes.Whole);
        ModelFile unknown = Store().Resolve(_folder["mine.ONNX"], false);
        Assert.Equal((null, null, "unknown", CommercialUse.Unknown), (unknown.Id, unknown.Family, unknown.Licence, unknown.Commercial));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(OnnxBytes.Whole)), unknown.Sha256);
    }

    [Fact]
    public void A_path_must_exist_and_hold_a_graph_with_its_weights()
    {
        Fails(_folder["none.onnx"], "model-missing");
        Directory.CreateDirectory(_folder["folder.onnx"]);
        Fails(_folder["folder.onnx"], "model-missing");
        File.WriteAllText(_folder["text.onnx"], "<!DOCTYPE html>");
        Fails(_folder["text.onnx"], "model-not-onnx");
        File.WriteAllBytes(_folder["empty.onnx"], []);
        Fails(_folder["empty.onnx"], "model-not-onnx");
        if (!OperatingSystem.IsWindows())
        {
            // A link has a length of its own; what it leads to has none, and no end.
            File.CreateSymbolicLink(_folder["zero.onnx"], "/dev/zero");
            Fails(_folder["zero.onnx"], "model-not-onnx");
        }

        File.WriteAllBytes(_folder["cut.onnx"], OnnxBytes.Whole[..^3]);
        Fails(_folder["cut.onnx"], "model-not-onnx");
        File.WriteAllBytes(_folder["external.onnx"],
            OnnxBytes.Model(OnnxBytes.Graph(OnnxBytes.Node(), OnnxBytes.Field(5, OnnxBytes.ExternalTensorBody("/etc/shadow")))));
        Assert.Contains("/etc/shadow", Fails(_folder["external.onnx"], "model-external-data").Message, StringComparison.Ordinal);
        File.WriteAllBytes(_folder["model.bin"], OnnxBytes.Whole);
        Fails(_folder["model.bin"], "model-unknown");
    }

    [Fact]
    public void What_was_verified_is_what_runs_whatever_happens_to_the_file()
    {
        string path = Path.Combine(_cache, "first.onnx");
        File.WriteAllBytes(path, First);
        ModelFile model = Store().Resolve("first", false);
        File.WriteAllText(path, "something else");
        Assert.Equal(model.Sha256, Convert.ToHexStringLower(SHA256.HashData(model.Bytes.Span)));
    }

    [SharedFact]
    public void The_real_network_is_found_by_id_and_by_alias()
    {
        string program = Directory.CreateDirectory(_folder["program"]).FullName;
        Directory.CreateDirectory(Path.Combine(program, "models"));
        File.Copy(Path.Combine(SharedData.RepositoryRoot, "models", "catalog.json"), Path.Combine(program, "models", "catalog.json"));
        ModelStore store = ModelStore.ForMachine(
            name => name == ModelFolders.Variable ? Path.GetDirectoryName(SharedData.RvmModel) : null, program);
        Assert.Equal("rvm-mobilenetv3-int8w", store.Resolve("rvm-mobilenetv3-int8w", false).Id);
        Assert.Equal("rvm-mobilenetv3-int8w", store.Resolve(null, false).Id);
        Assert.Equal("rvm-mobilenetv3-int8w", store.Resolve(SharedData.RvmModel, false).Id);
    }

    [Fact]
    public void The_program_finds_its_own_catalogue_and_model()
    {
        ModelStore store = ModelStore.ForMachine(_ => null, AppContext.BaseDirectory);
        Assert.Equal("plate", store.Resolve("plate", false).Id);
    }

    [Fact]
    public void A_program_without_catalogue_says_so() =>
        Assert.Equal("catalogue-invalid", Assert.Throws<MatteException>(() => ModelStore.ForMachine(_ => null, _folder["nowhere"])).Code);

    private ModelStore Store()
    {
        string Entry(string id, string family, byte[] bytes, string url) =>
            $$"""
            { "id": "{{id}}", "name": "{{id}}", "family": "{{family}}", "file": "{{id}}.onnx", {{url}} "licence": "GPL-3.0", "commercial": "yes",
              "goodFor": "x", "failsOn": "y", "source": "z", "sha256": "{{Convert.ToHexStringLower(SHA256.HashData(bytes))}}", "bytes": {{bytes.Length}} }
            """;
        string json = $$"""
            { "version": 1, "aliases": { "rvm": ["first", "second"] }, "models": [
              {{Entry("first", "rvm", First, "\"url\": \"https://example.org/first.onnx\",")}},
              {{Entry("second", "rvm", Second, string.Empty)}},
              {{Entry("plate", "plate", Plate, string.Empty)}} ] }
            """;
        return new ModelStore(ModelCatalogue.Load(new MemoryStream(Encoding.UTF8.GetBytes(json))), new ModelFolders([_search], _cache, _builtIn));
    }

    private MatteException Fails(string? name, string code)
    {
        MatteException failure = Assert.Throws<MatteException>(() => Store().Resolve(name, false));
        Assert.Equal((ErrorKind.Model, code), (failure.Kind, failure.Code));
        return failure;
    }
}
