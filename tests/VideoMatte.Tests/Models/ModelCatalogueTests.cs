using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using VideoMatte.Frames;
using VideoMatte.Matting.Plate;
using VideoMatte.Models;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Models;

public sealed class ModelCatalogueTests
{
    private static string ShippedPath => Path.Combine(SharedData.RepositoryRoot, "models", "catalog.json");

    [Fact]
    public void The_shipped_catalogue_holds_rvm_the_still_networks_and_the_built_in_model()
    {
        ModelCatalogue catalogue = Load(File.ReadAllText(ShippedPath));
        string[] rvm = ["rvm-mobilenetv3", "rvm-mobilenetv3-fp16", "rvm-resnet50", "rvm-resnet50-fp16", "rvm-mobilenetv3-int8w"];
        string[] still =
        [
            "u2net", "u2netp", "u2net-human-seg", "silueta", "isnet-general-use", "birefnet-general", "birefnet-general-lite", "birefnet-portrait",
            "rmbg-2.0", "modnet", "pphumanseg", "mediapipe-selfie", "mediapipe-landscape", "sinet", "prisma", "deeplab-person",
        ];
        Assert.Equal([.. rvm, .. still, "closed-form", "plate"], catalogue.Entries.Select(e => e.Id));
        Assert.All(still, id => Assert.Equal(ModelFamily.Still, catalogue.Find(id)!.Family));
        Assert.Equal(CommercialUse.No, catalogue.Find("rmbg-2.0")!.Commercial);
        Assert.All(catalogue.Entries, e => Assert.False(e.IsUnpinned && e.Md5 is null));
        Assert.Equal(rvm, catalogue.Candidates("rvm").Select(e => e.Id));
        Assert.All(catalogue.Candidates("rvm"), e => Assert.Equal("GPL-3.0", e.Licence));
        Assert.Null(catalogue.Find("rvm-mobilenetv3-int8w")!.Url);
        ModelEntry plate = catalogue.Find("plate")!;
        Assert.True(plate.IsBuiltIn && plate.HasFile);
        ModelEntry solver = catalogue.Find("closed-form")!;
        Assert.Equal((ModelFamily.Solver, true, false, false), (solver.Family, solver.IsBuiltIn, solver.HasFile, solver.IsUnpinned));
        Assert.Contains("for people use RVM", plate.FailsOn, StringComparison.Ordinal);
    }

    /// <summary>With VIDEOMATTE_WRITE_PLATE=1 the pin is written anew, as the model itself is.</summary>
    [Fact]
    public void The_shipped_catalogue_pins_the_built_in_model()
    {
        byte[] plate = PlateGraph.Build();
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(plate));
        ModelEntry entry = Load(File.ReadAllText(ShippedPath)).Find("plate")!;
        if (Environment.GetEnvironmentVariable("VIDEOMATTE_WRITE_PLATE") == "1")
        {
            string pinned = File.ReadAllText(ShippedPath)
                .Replace($"\"{entry.Sha256}\"", $"\"{sha256}\"", StringComparison.Ordinal)
                .Replace(Bytes(entry.Bytes!.Value), Bytes(plate.Length), StringComparison.Ordinal);
            File.WriteAllText(ShippedPath, pinned);
            entry = Load(pinned).Find("plate")!;
        }

        Assert.Equal(sha256, entry.Sha256);
        Assert.Equal(entry.Bytes, plate.Length);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("..\\x")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\x")]
    [InlineData("rvm\u202Egpj")]
    [InlineData("rvm\n")]
    [InlineData("RVM")]
    [InlineData("-rvm")]
    [InlineData(".rvm")]
    [InlineData("")]
    [InlineData("rvm mobile")]
    [InlineData("r\u0475m")]
    [InlineData("x.onnx")]
    [InlineData("a0123456789012345678901234567890123456789012345678901234567890123")]
    public void An_id_out_of_the_rule_is_refused(string id)
    {
        MatteException refused = Refused(e => e["id"] = id);
        Assert.Contains("is no id", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file", "../plate.onnx", "plain name")]
    [InlineData("file", "a/b.onnx", "plain name")]
    [InlineData("file", "a\\b.onnx", "plain name")]
    [InlineData("file", "weights.bin", "plain name")]
    [InlineData("family", "diffusion", "known: rvm")]
    [InlineData("sha256", "332B", "64 lower-case")]
    [InlineData("url", "http://example.org/a.onnx", "https")]
    [InlineData("url", "/a.onnx", "https")]
    [InlineData("md5", "xyz", "32 lower-case")]
    [InlineData("commercial", "maybe", "yes, no or unknown")]
    [InlineData("failsOn", " ", "failsOn")]
    public void A_value_out_of_its_rule_is_refused_by_name(string field, string value, string says)
    {
        MatteException refused = Refused(e => e[field] = value);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("licence")]
    [InlineData("goodFor")]
    [InlineData("file")]
    [InlineData("sha256")]
    [InlineData("bytes")]
    [InlineData("commercial")]
    public void A_missing_field_is_refused_by_name(string field)
    {
        MatteException refused = Refused(e => e.Remove(field));
        Assert.Contains(field, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_nobody_knows_is_refused() => Assert.Contains("hash", Refused(e => e["hash"] = "1").Message, StringComparison.Ordinal);

    [Fact]
    public void An_id_that_stands_twice_is_refused()
    {
        JsonObject document = Shipped();
        JsonArray models = document["models"]!.AsArray();
        models.Add(models[0]!.DeepClone());
        Assert.Contains("twice", Refused(document).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_in_a_list_is_refused()
    {
        JsonObject document = Shipped();
        document["models"]!.AsArray().Add((JsonNode?)null);
        Assert.Contains("models holds null", Refused(document).Message, StringComparison.Ordinal);
        foreach (JsonNode? targets in (JsonNode?[])[null, new JsonArray(), new JsonArray((JsonNode?)null)])
        {
            document = Shipped();
            document["aliases"]!["rvm"] = targets;
            Assert.Contains("alias 'rvm' must name", Refused(document).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Two entries of one hash, and two of which only the md5 is known.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void A_file_of_two_entries_is_refused(int first)
    {
        JsonObject document = Shipped();
        JsonArray models = document["models"]!.AsArray();
        JsonObject twin = models[first]!.DeepClone().AsObject();
        twin["id"] = "twin";
        twin["file"] = twin["file"]!.GetValue<string>().ToUpperInvariant().Replace(".ONNX", ".onnx", StringComparison.Ordinal);
        models.Add(twin);
        Assert.Contains("'twin': the file", Refused(document).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_runs_where_no_model_is_named_must_be_there()
    {
        JsonObject document = Shipped();
        document["models"]!.AsArray().RemoveAt(document["models"]!.AsArray().Count - 1);
        Assert.Contains("plate", Refused(document).Message, StringComparison.Ordinal);
        document = Shipped();
        document["aliases"]!.AsObject().Remove("rvm");
        Assert.Contains("rvm", Refused(document).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_of_nothing_is_refused()
    {
        JsonObject document = Shipped();
        document["aliases"]!["best"] = new JsonArray("nothing");
        Assert.Contains("best", Refused(document).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../w.bin", 1, "plain name")]
    [InlineData("sub/w.bin", 1, "plain name")]
    [InlineData("sub\\w.bin", 1, "plain name")]
    [InlineData("/w.bin", 1, "plain name")]
    [InlineData("..", 1, "plain name")]
    [InlineData("", 1, "plain name")]
    [InlineData("aux", 1, "plain name")]
    [InlineData("Lpt1.bin", 1, "plain name")]
    [InlineData("w.bin.model.json", 1, "plain name")]
    [InlineData("w.bin.PART", 1, "plain name")]
    [InlineData("w.", 1, "plain name")]
    [InlineData("w.bin\n", 1, "plain name")]
    [InlineData("plate.onnx", 1, "is a graph")]
    [InlineData("PLATE.onnx", 1, "is a graph")]
    [InlineData("first.bin", 1, "twice")]
    [InlineData("First.BIN", 1, "twice")]
    [InlineData("w.bin", 0, "bytes")]
    [InlineData("w.bin", long.MaxValue, "bytes")]
    [InlineData("rvm_mobilenetv3_fp32.onnx", 1, "another one")]
    public void A_file_of_weights_out_of_its_rule_is_refused(string file, long bytes, string says) =>
        Assert.Contains(says, Refused(e => e["externalData"] = new JsonArray(Weights("first.bin", 7), Weights(file, bytes))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_of_weights_is_named_hashed_and_measured()
    {
        foreach (string field in (string[])["file", "sha256", "bytes"])
        {
            JsonObject weights = Weights("w.bin", 7);
            weights.Remove(field);
            Assert.Contains(field, Refused(e => e["externalData"] = new JsonArray(weights)).Message, StringComparison.Ordinal);
        }

        JsonObject unhashed = Weights("w.bin", 7);
        unhashed["sha256"] = "md5";
        Assert.Contains("64 lower-case", Refused(e => e["externalData"] = new JsonArray(unhashed)).Message, StringComparison.Ordinal);
        Assert.Contains("plain name", Refused(e => e["externalData"] = new JsonArray((JsonNode?)null)).Message, StringComparison.Ordinal);
        JsonObject document = Shipped();
        JsonObject plate = document["models"]!.AsArray()[^1]!.AsObject();
        plate["externalData"] = new JsonArray(Weights("plate.onnx_data", 7), Weights("onnx__Conv_12", 5));
        ModelEntry entry = Load(document.ToJsonString()).Find("plate")!;
        Assert.Equal(entry.Bytes + 12, entry.TotalBytes);
        Assert.Equal(["plate.onnx_data", "onnx__Conv_12"], entry.Parts.Select(p => p.File));
    }

    [Fact]
    public void A_still_model_needs_its_feed()
    {
        Assert.Contains("needs input", Refused(e => e["family"] = "still").Message, StringComparison.Ordinal);
        ModelCatalogue catalogue = Load(WithStill(std: 1).ToJsonString());
        Assert.Equal(256, catalogue.Find("rvm-mobilenetv3")!.Input!.Width);
        Assert.Contains("none of scale and std 0", Refused(WithStill(std: 0)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"version\":2,\"aliases\":{},\"models\":[]}")]
    [InlineData("{\"version\":1,\"version\":1,\"aliases\":{},\"models\":[]}")]
    public void What_is_no_catalogue_is_refused(string json) =>
        Assert.Equal("catalogue-invalid", Assert.Throws<MatteException>(() => Load(json)).Code);

    private static string Bytes(long count) => string.Create(CultureInfo.InvariantCulture, $"\"bytes\": {count},");

    private static JsonObject Weights(string file, long bytes) => new() { ["file"] = file, ["sha256"] = new string('a', 64), ["bytes"] = bytes };

    private static JsonObject WithStill(double std)
    {
        JsonObject document = Shipped();
        JsonObject entry = document["models"]!.AsArray()[0]!.AsObject();
        entry["family"] = "still";
        entry["input"] = new JsonObject
        {
            ["name"] = "x",
            ["width"] = 256,
            ["height"] = 144,
            ["layout"] = "nhwc",
            ["order"] = "rgb",
            ["scale"] = 1,
            ["mean"] = new JsonArray(0, 0, 0),
            ["std"] = new JsonArray(1, std, 1),
        };
        entry["output"] = new JsonObject { ["name"] = "y", ["layout"] = "nchw", ["channel"] = 1, ["activation"] = "softmax" };
        return document;
    }

    private static MatteException Refused(Action<JsonObject> change)
    {
        JsonObject document = Shipped();
        change(document["models"]!.AsArray()[^1]!.AsObject());
        return Refused(document);
    }

    private static MatteException Refused(JsonObject document)
    {
        MatteException refused = Assert.Throws<MatteException>(() => Load(document.ToJsonString()));
        Assert.Equal((ErrorKind.Model, "catalogue-invalid"), (refused.Kind, refused.Code));
        return refused;
    }

    private static JsonObject Shipped() => JsonNode.Parse(File.ReadAllText(ShippedPath))!.AsObject();

    private static ModelCatalogue Load(string json) => ModelCatalogue.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
