using System.Text.Json;
using VideoMatte.Inference.Graphs;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary><c>models add</c>: what it takes, what it finds out by itself, and what it refuses before anything is written.</summary>
public sealed class ModelsAddTests : IDisposable
{
    private const int Width = 96, Height = 64;

    private readonly TempFolder _folder = new();
    private readonly string _models;

    public ModelsAddTests() => _models = Directory.CreateDirectory(_folder["models"]).FullName;

    private Dictionary<string, string> Machine => new(StringComparer.Ordinal) { ["VIDEOMATTE_MODELS"] = _models, ["XDG_CACHE_HOME"] = _folder["cache"] };

    public void Dispose() => _folder.Dispose();

    /// <summary>Deep Image Matting's kind by one word: the trimap as a fourth channel, and as an input of its own; any size, and one alone.</summary>
    [Theory]
    [InlineData(true, "nchw", "h", "w", "as its fourth channel")]
    [InlineData(false, "nchw", "64", "96", "as trimap")]
    [InlineData(false, "nhwc", "h", "w", "as trimap")]
    public async Task Add_ATrimapNetwork_FillsADrawnTrimap(bool joined, string layout, string height, string width, string says)
    {
        string model = await SaveAsync("tri.onnx", TrimapNetwork(joined, layout, height, width));
        CliRun add = await CliRun.OfAsync(["models", "add", model, "--trimap-input", "auto", "--fact", "mean=0,0,0", "--fact", "std=1,1,1", "--licence", "MIT"], Machine);
        Assert.True(add.Exit == 0, add.Err);
        Assert.Contains($"trimap {says}", add.Err, StringComparison.Ordinal);
        // Red rises from left to right; the left third is outside, the right third inside.
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={Width}x{Height}", "-vf", "format=gbrp,geq=r='255*X/95':g=90:b=60", "-frames:v", "1", _folder["in.png"]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={Width}x{Height}", "-vf", "format=gray,geq=lum='if(lt(X,32),0,if(lt(X,64),128,255))'", "-frames:v", "1", _folder["tri.png"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.png"], "--model", "tri", "--trimap", _folder["tri.png"], "-o", _folder["out.png"], "--json"], Machine);
        Assert.True(run.Exit == 0, run.Err);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement.GetProperty("model");
        Assert.Equal(("tri", "trimap", "MIT"), (result.GetProperty("id").GetString(), result.GetProperty("family").GetString(), result.GetProperty("licence").GetString()));
        byte[] alpha = await RealFfmpeg.RunAsync("-i", _folder["out.png"], "-vf", "extractplanes=a", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1");
        for (int x = 2; x < Width - 2; x++)
        {
            // Where the trimap is open the network answers with red times t (2 - t) at t = 128/255; two codes for scaling to its size and back, more
            // beside the steps, which scaling softens.
            if (x is >= 30 and < 34 or >= 62 and < 66)
                continue;
            double expected = x < 32 ? 0 : x >= 64 ? 255 : 255.0 * x / 95 * (128 / 255.0 * (2 - (128 / 255.0)));
            Assert.InRange(alpha[(32 * Width) + x], expected - 2, expected + 2);
        }

        CliRun show = await CliRun.OfAsync(["models", "show", "tri"], Machine);
        Assert.Contains($"trimap       {(joined ? "fourth channel" : "input trimap")}, scale 0.00392156862745098", show.Out.Split('\n'));
        Assert.Equal("trimap-missing", Code(await CliRun.OfAsync(["matte", _folder["in.png"], "--model", "tri", "-o", _folder["y.png"], "--json"], Machine)));
    }

    [Fact]
    public async Task Add_APromptNetwork_IsTriedAndShown()
    {
        await SaveAsync("sam.onnx", Encoder());
        string decoder = await SaveAsync("sam-decoder.onnx", Decoder("point_coords"));
        CliRun add = await CliRun.OfAsync(["models", "add", Path.Combine(_models, "sam.onnx"), "--decoder", decoder], Machine);
        Assert.True(add.Exit == 0, add.Err);
        string[] facts = (await CliRun.OfAsync(["models", "show", "sam"], Machine)).Out.Split('\n');
        Assert.Contains("decoder      sam-decoder.onnx", facts);
        Assert.Contains("size         1024x1024", facts);
        Assert.Contains(facts, f => f.StartsWith("beside it    sam-decoder.onnx, ", StringComparison.Ordinal));
        JsonElement row = JsonDocument.Parse((await CliRun.OfAsync(["models", "show", "sam", "--json"], Machine)).Out).RootElement;
        Assert.Equal("sam-decoder.onnx", row.GetProperty("decoder").GetString());

        // Without it the model is not whole, and it is the decoder that is missing.
        File.Delete(decoder);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=64x48", "-frames:v", "1", _folder["in.png"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.png"], "--model", "sam", "--subject", "3,3", "-o", _folder["x.png"]], Machine);
        Assert.Equal(4, run.Exit);
        Assert.Contains("there is no sam-decoder.onnx", run.Sentence, StringComparison.Ordinal);
        await SaveAsync("sam-decoder.onnx", Decoder("points"));
        CliRun other = await CliRun.OfAsync(["models", "add", Path.Combine(_models, "sam.onnx"), "--decoder", decoder], Machine);
        Assert.Equal(4, other.Exit);
        Assert.Contains("point_coords", other.Sentence, StringComparison.Ordinal);
    }

    /// <summary>A graph that does not fit is found out here and not in a job; nothing is written.</summary>
    [Theory]
    [InlineData(4, "--like", "rvm")]
    [InlineData(4, "--like", "mediapipe-selfie")]
    [InlineData(4, "--like", "closed-form")]
    [InlineData(4, "--trimap-input", "auto")]
    [InlineData(4, "--trimap-input", "channel")]
    [InlineData(4, "--trimap-input", "mask")]
    [InlineData(4, "--trimap-input", "auto", "--like", "rvm")]
    [InlineData(4, "--like", "u2netp", "--fact", "channel=1")]
    [InlineData(4, "--like", "u2netp", "--fact", "output=mask")]
    [InlineData(4, "--like", "u2netp", "--fact", "size=256x256")]
    [InlineData(2, "--like", "u2netp", "--fact", "size=256")]
    [InlineData(2, "--like", "u2netp", "--fact", "colour=bgr")]
    [InlineData(2, "--trimap-input", "auto", "--decoder", "x.onnx")]
    [InlineData(2)]
    public async Task Add_WhatDoesNotFit_IsRefusedAndNothingIsWritten(int exit, params string[] options)
    {
        string model = await SaveAsync("own.onnx", LikeU2netp());
        CliRun run = await CliRun.OfAsync(["models", "add", model, .. options], Machine);
        Assert.True(run.Exit == exit, run.Err);
        Assert.NotEmpty(run.Sentence);
        Assert.Equal([model], Directory.EnumerateFiles(_models));
    }

    [Fact]
    public async Task Add_TheSameFileUnderAnotherId_SaysWhichIsGone()
    {
        string model = await SaveAsync("own.onnx", LikeU2netp());
        Assert.Equal(0, (await CliRun.OfAsync(["models", "add", model, "--like", "u2netp", "--id", "one"], Machine)).Exit);
        CliRun again = await CliRun.OfAsync(["models", "add", model, "--like", "u2netp", "--id", "one"], Machine);
        Assert.DoesNotContain("before", again.Err, StringComparison.Ordinal);
        CliRun two = await CliRun.OfAsync(["models", "add", model, "--like", "u2netp", "--id", "two", "--fact", "order=bgr"], Machine);
        Assert.Contains("It was one before; that id is gone.", two.Err, StringComparison.Ordinal);
        CliRun list = await CliRun.OfAsync(["models", "list"], Machine);
        Assert.Contains("\ntwo ", list.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\none ", list.Out, StringComparison.Ordinal);
        Assert.Contains("order        bgr", (await CliRun.OfAsync(["models", "show", "two"], Machine)).Out, StringComparison.Ordinal);
    }

    private static string? Code(CliRun run) => JsonDocument.Parse(run.Out).RootElement.GetProperty("error").GetProperty("code").GetString();

    private async Task<string> SaveAsync(string name, byte[] graph)
    {
        string path = Path.Combine(_models, name);
        await File.WriteAllBytesAsync(path, graph);
        return path;
    }

    private static byte[] LikeU2netp()
    {
        GraphBuilder graph = new();
        graph.Output("1959", (graph.Input("input.1", "1", "3", "320", "320").MeanOver(1) * .23f + .47f).Saturate(), "1", "1", "320", "320");
        return graph.ToModel("own", "a test's network");
    }

    /// <summary>Red times t (2 - t), t being the trimap as it was fed.</summary>
    private static byte[] TrimapNetwork(bool joined, string layout, string height, string width)
    {
        GraphBuilder graph = new();
        bool last = layout == "nhwc";
        int axis = last ? 3 : 1;
        GraphValue? apart = joined ? null : graph.Input("trimap", Shape("1"));
        GraphValue picture = graph.Input("image", Shape(joined ? "4" : "3"));
        GraphValue trimap = apart ?? picture.Part(axis, 3, 4);
        graph.Output("alpha", picture.Part(axis, 0, 1) * (trimap * ((trimap * -1f) + 2f)), Shape("1"));
        return graph.ToModel("trimap", "a test's network");

        string[] Shape(string channels) => last ? ["1", height, width, channels] : ["1", channels, height, width];
    }

    private static byte[] Encoder()
    {
        GraphBuilder graph = new();
        graph.Output("image_embed", graph.Input("image", "1", "3", "1024", "1024").Part(1, 0, 1) * 1f, "1", "1", "1024", "1024");
        return graph.ToModel("encoder", "a test's network");
    }

    private static byte[] Decoder(string points)
    {
        GraphBuilder graph = new();
        GraphValue embedding = graph.Input("image_embed", "1", "1", "1024", "1024");
        GraphValue where = graph.Input(points, "1", "n", "2"), labels = graph.Input("point_labels", "1", "n");
        // Everything that is asked for has its say, however small.
        GraphValue said = (where.MeanOver(1, 2) + labels.MeanOver(1)) * 0f;
        graph.Output("masks", embedding + said.MeanOver(0), "1", "1", "1024", "1024");
        return graph.ToModel("decoder", "a test's network");
    }
}
