using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoMatte.Inference.Graphs;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary><c>models get, add, verify</c>, and models a job fetches by itself.</summary>
public sealed class ModelsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private Dictionary<string, string> Machine => new(StringComparer.Ordinal)
    {
        ["VIDEOMATTE_MODELS"] = Folder("models"),
        ["XDG_CACHE_HOME"] = Folder("cache"),
    };

    private string Cache => Path.Combine(Folder("cache"), "videomatte", "models");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Add_AGraphLikeU2netp_MattesAClipWithNoCodeChanged()
    {
        string model = Path.Combine(Folder("models"), "My_Own.onnx");
        await File.WriteAllBytesAsync(model, LikeU2netp());
        CliRun add = await CliRun.OfAsync(["models", "add", model, "--like", "u2netp"], Machine);
        Assert.True(add.Exit == 0, add.Err);
        Assert.Contains("--model my-own", add.Err, StringComparison.Ordinal);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=white:s=160x90:r=10:d=0.5,drawbox=0:0:80:90:black:fill", "-pix_fmt", "gray", "-c:v", "ffv1", _folder["in.mkv"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", "my-own", "-o", _folder["x.mkv"], "--alpha-out", _folder["a.mkv"], "--json"], Machine);
        Assert.True(run.Exit == 0, run.Err);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(("my-own", "still", "unknown"), (Text(result, "id"), Text(result, "family"), Text(result, "licence")));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(LikeU2netp())), Text(result, "sha256"));
        byte[] matte = await RealFfmpeg.RunAsync("-i", _folder["a.mkv"], "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1");
        Assert.True(matte[(45 * 160) + 20] < 5 && matte[(45 * 160) + 140] > 250, $"{matte[(45 * 160) + 20]}, {matte[(45 * 160) + 140]}");

        // By its path it is known too; changed, it is nobody's.
        Assert.Equal("my-own", Text(JsonDocument.Parse((await CliRun.OfAsync(
            ["matte", _folder["in.mkv"], "--model", model, "-o", _folder["y.mkv"], "--json"], Machine)).Out).RootElement, "id"));
        Assert.Equal(0, (await CliRun.OfAsync(["models", "verify"], Machine)).Exit);
        await File.AppendAllTextAsync(model, "x");
        CliRun verify = await CliRun.OfAsync(["models", "verify"], Machine);
        Assert.Equal(4, verify.Exit);
        Assert.Contains("my-own: wrong", verify.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/passwd")]
    [InlineData("con")]
    [InlineData("rvm-mobilenetv3/../x")]
    [InlineData("rvm-mobilenetv3\u0430")]
    [InlineData("RVM-MOBILENETV3")]
    [InlineData("")]
    public async Task Get_AHostileId_IsRefusedAndTouchesNothing(string id)
    {
        CliRun run = await CliRun.OfAsync(["models", "get", id], Machine);
        Assert.Equal(4, run.Exit);
        Assert.Contains("is no model of the catalogue", run.Sentence, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Cache));
        Assert.Equal(4, (await CliRun.OfAsync(["models", "get", new string('x', 5000)], Machine)).Exit);
    }

    [Theory]
    [InlineData("con.onnx")]
    [InlineData("Nul.onnx")]
    [InlineData("com1.x.onnx")]
    [InlineData("../up.onnx")]
    [InlineData(".hidden.onnx")]
    public async Task AnEntryOfAHostileFile_IsNotTaken(string file)
    {
        JsonObject entry = OwnEntry.Of("evil", "https://localhost/x", new byte[9]);
        entry["file"] = file;
        await File.WriteAllTextAsync(Path.Combine(Folder("models"), "evil.onnx.model.json"), entry.ToJsonString());
        CliRun run = await CliRun.OfAsync(["models", "list"], Machine);
        Assert.DoesNotContain("evil ", run.Out, StringComparison.Ordinal);
        Assert.Contains("evil.onnx.model.json is no entry of a model", run.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_SaysWhichEntriesAreLeftOut()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder("models"), "bad.onnx.model.json"), "{");
        CliRun run = await CliRun.OfAsync(["doctor"], Machine);
        Assert.Contains("bad.onnx.model.json is no entry of a model", run.Out, StringComparison.Ordinal);
        run = await CliRun.OfAsync(["doctor", "--json"], Machine);
        Assert.Contains("bad.onnx.model.json", JsonDocument.Parse(run.Out).RootElement.GetProperty("modelFaults").EnumerateArray().Single().GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AnUnfreeModel_NeedsTheUsersWord()
    {
        CliRun run = await CliRun.OfAsync(["models", "get", "rmbg-2.0"], Machine);
        Assert.Equal(4, run.Exit);
        Assert.Contains("CC-BY-NC-4.0", run.Sentence, StringComparison.Ordinal);
        Assert.Contains("--accept-licence", run.Sentence, StringComparison.Ordinal);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=white:s=64x36:d=0.1", "-c:v", "ffv1", _folder["in.mkv"]);
        CliRun matte = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", "rmbg-2.0", "-o", _folder["x.mov"]], Machine);
        Assert.Equal(4, matte.Exit);
        Assert.Contains("--accept-licence", matte.Sentence, StringComparison.Ordinal);
    }

    /// <summary>What is wrong with a job is said before a model of a gigabyte is fetched for it.</summary>
    [Fact]
    public async Task Matte_AJobThatCannotBe_SaysSoBeforeItAsksForAModel()
    {
        CliRun missing = await CliRun.OfAsync(["matte", _folder["none.mp4"], "--model", "birefnet-general", "--offline", "--accept-unpinned", "-o", _folder["x.mov"]], Machine);
        Assert.Equal(3, missing.Exit);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=white:s=64x36:d=0.1", "-c:v", "ffv1", _folder["in.mkv"]);
        CliRun conflict = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", "sinet", "--fallback", "u2net", "--offline", "-o", _folder["x.mov"], "--json"], Machine);
        Assert.Equal("fallback-conflict", JsonDocument.Parse(conflict.Out).RootElement.GetProperty("error").GetProperty("code").GetString());
        CliRun offline = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", "birefnet-general", "--offline", "--accept-unpinned", "-o", _folder["x.mov"], "--json"], Machine);
        Assert.Equal("offline", JsonDocument.Parse(offline.Out).RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Verify_WhatHasNoFileOrIsNotHere_IsNotCalledWrong()
    {
        CliRun builtIn = await CliRun.OfAsync(["models", "verify", "closed-form", "plate"], Machine);
        Assert.True(builtIn.Exit == 0, builtIn.Err);
        Assert.StartsWith("closed-form: built in, has no file\nplate: right (/", builtIn.Out, StringComparison.Ordinal);
        CliRun missing = await CliRun.OfAsync(["models", "verify", "u2net", "plate"], Machine);
        Assert.Equal(4, missing.Exit);
        Assert.Contains("u2net: not on this machine\nplate: right", missing.Out, StringComparison.Ordinal);
        Assert.Equal(string.Empty, missing.Err);
    }

    [Fact]
    public async Task Show_AModel_SaysAllThatItsEntrySays()
    {
        string[] facts = (await CliRun.OfAsync(["models", "show", "modnet"], Machine)).Out.Split('\n');
        foreach (string line in (string[])["layout       nchw", "order        rgb", "scale        0.00392156862745098", "mean         0.5, 0.5, 0.5", "std          0.5, 0.5, 0.5",
                     "size         shorter side 512, sides multiples of 32", "channel      0, nchw", "activation   none", "input        its only one"])
            Assert.Contains(line, facts);
        string[] unpinned = (await CliRun.OfAsync(["models", "show", "u2net"], Machine)).Out.Split('\n');
        Assert.Contains("md5          60024c5c889badc19c04ad937298a77b", unpinned);
        Assert.Contains("sha256       none published: --accept-unpinned", unpinned);
        Assert.Contains("size         320x320", unpinned);
        Assert.Contains("output       segment:0", (await CliRun.OfAsync(["models", "show", "mediapipe-landscape"], Machine)).Out.Split('\n'));
        JsonElement row = JsonDocument.Parse((await CliRun.OfAsync(["models", "show", "mediapipe-landscape", "--json"], Machine)).Out).RootElement;
        Assert.Equal((256, 144, "nhwc", "rgb", "input_1:0"), (row.GetProperty("input").GetProperty("width").GetInt32(), row.GetProperty("input").GetProperty("height").GetInt32(),
            row.GetProperty("input").GetProperty("layout").GetString(), row.GetProperty("input").GetProperty("order").GetString(), row.GetProperty("input").GetProperty("name").GetString()));
        Assert.Equal((1, "softmax"), (row.GetProperty("output").GetProperty("channel").GetInt32(), row.GetProperty("output").GetProperty("activation").GetString()));
        JsonElement loose = JsonDocument.Parse((await CliRun.OfAsync(["models", "show", "u2net", "--json"], Machine)).Out).RootElement;
        Assert.True(loose.GetProperty("unpinned").GetBoolean());
        Assert.Equal("60024c5c889badc19c04ad937298a77b", loose.GetProperty("md5").GetString());
    }

    [Fact]
    public async Task Get_Offline_FetchesNothing()
    {
        CliRun run = await CliRun.OfAsync(["models", "get", "rvm", "--offline"], Machine);
        Assert.Equal(4, run.Exit);
        Assert.Contains("--offline", run.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Matte_WithNoModelAndNobodyToAsk_SaysWhatToDo()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=white:s=64x36:d=0.1", "-c:v", "ffv1", _folder["in.mkv"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "-o", _folder["x.mov"]], Machine);
        Assert.Equal(4, run.Exit);
        Assert.Contains("models get rvm", run.Sentence, StringComparison.Ordinal);
        CliRun no = await CliRun.OfAsync(["matte", _folder["in.mkv"], "-o", _folder["x.mov"]], Machine, "n\n", canAsk: true);
        Assert.Equal(4, no.Exit);
        Assert.Contains("GPL-3.0", no.Err, StringComparison.Ordinal);
        Assert.Contains("[y/N]", no.Err, StringComparison.Ordinal);
    }

    private string Folder(string name) => Directory.CreateDirectory(_folder[name]).FullName;

    private static string? Text(JsonElement result, string field) => result.GetProperty("model").GetProperty(field).GetString();

    /// <summary>U2-Net's contract: [1, 3, 320, 320] in, [1, 1, 320, 320] in 0..1 out; here the picture's own brightness.</summary>
    private static byte[] LikeU2netp()
    {
        GraphBuilder graph = new();
        GraphValue picture = graph.Input("input.1", "1", "3", "320", "320");
        // ImageNet's normalisation brings black to about -2 and white to about 2.4.
        graph.Output("1959", (picture.MeanOver(1) * .23f + .47f).Saturate(), "1", "1", "320", "320");
        return graph.ToModel("own", "a test's network");
    }
}
