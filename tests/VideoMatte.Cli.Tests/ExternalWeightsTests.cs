using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>A model whose weights lie in files beside it, from <c>models add</c> to its matte.</summary>
public sealed class ExternalWeightsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _models;

    public ExternalWeightsTests() => _models = Directory.CreateDirectory(_folder["models"]).FullName;

    private Dictionary<string, string> Machine => new(StringComparer.Ordinal) { ["VIDEOMATTE_MODELS"] = _models, ["XDG_CACHE_HOME"] = _folder["cache"] };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Add_AGraphWithWeightsBesideIt_MattesAClipWithNoCodeChanged()
    {
        PartedGraph network = new();
        string model = network.Save(_models, "parted.onnx"), inside = Path.Combine(_models, "inside.onnx");
        await File.WriteAllBytesAsync(inside, network.Inside);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=160x90:r=10:d=0.3", "-c:v", "ffv1", _folder["in.mkv"]);
        CliRun refused = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", model, "-o", _folder["x.mkv"]], Machine);
        Assert.Equal(4, refused.Exit);
        Assert.Contains("models add", refused.Sentence, StringComparison.Ordinal);
        CliRun add = await CliRun.OfAsync(["models", "add", model, "--like", "u2netp"], Machine);
        Assert.True(add.Exit == 0, add.Err);
        Assert.Contains(PartedGraph.First, add.Err, StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.OfAsync(["models", "add", inside, "--like", "u2netp"], Machine)).Exit);
        List<byte[]> mattes = [];
        foreach (string id in (string[])["parted", "inside"])
        {
            CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", id, "-o", _folder[id + ".mkv"], "--alpha-out", _folder[id + "-a.mkv"], "--json"], Machine);
            Assert.True(run.Exit == 0, run.Err);
            mattes.Add(await RealFfmpeg.RunAsync("-i", _folder[id + "-a.mkv"], "-f", "rawvideo", "pipe:1"));
            JsonElement parts = JsonDocument.Parse(run.Out).RootElement.GetProperty("model").GetProperty("parts");
            Assert.Equal(id == "parted" ? [PartedGraph.First, PartedGraph.Second] : [], parts.EnumerateArray().Select(p => p.GetProperty("file").GetString()));
        }

        Assert.Equal(mattes[1], mattes[0]);
        Assert.True(mattes[0].Distinct().Count() > 50, "a matte that says something");

        JsonElement show = JsonDocument.Parse((await CliRun.OfAsync(["models", "show", "parted", "--json"], Machine)).Out).RootElement;
        Assert.Equal(network.Outside.Length + network.Parts.Sum(p => p.Value.Length), show.GetProperty("bytes").GetInt64());
        Assert.Equal(0, (await CliRun.OfAsync(["models", "verify"], Machine)).Exit);
        string first = Path.Combine(_models, PartedGraph.First);
        byte[] whole = await File.ReadAllBytesAsync(first);
        await File.WriteAllBytesAsync(first, [.. whole[..^1], (byte)(whole[^1] ^ 1)]);
        await AssertWrongAsync();
        File.Delete(first);
        await AssertWrongAsync();
        Assert.Contains("installed    no", (await CliRun.OfAsync(["models", "show", "parted"], Machine)).Out, StringComparison.Ordinal);

        async Task AssertWrongAsync()
        {
            CliRun verify = await CliRun.OfAsync(["models", "verify"], Machine);
            Assert.Equal(4, verify.Exit);
            Assert.Contains("parted: wrong", verify.Out, StringComparison.Ordinal);
            Assert.Contains("inside: right", verify.Out, StringComparison.Ordinal);
            Assert.Contains(PartedGraph.First, verify.Sentence, StringComparison.Ordinal);
        }
    }
}
