using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using VideoMatte.Frames;
using VideoMatte.Inference.Graphs;
using VideoMatte.Models;
using VideoMatte.Pipelines;
using VideoMatte.Testing;
using VideoMatte.Tests.Models;
using Xunit;

namespace VideoMatte.Tests.Pipelines;

/// <summary>When a job's models are brought: once, after all that can be checked without them.</summary>
public sealed class ModelBringingTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private int _asked;

    private string Cache => _folder["cache"];

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Faults { get; } = new()
    {
        { "input", "input-missing" }, { "output", "output-exists" }, { "background", "input-missing" }, { "family", "fallback-conflict" }, { "fallback", "fallback-family" },
        { "trimap", "trimap-missing" }, { "ratio", "ratio-of-a-still-model" }, { "plate", "clean-plate" }, { "unknown", "model-unknown" }, { "file", "model-missing" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Run_AJobThatCannotBe_BringsNothing(string fault, string code)
    {
        await ClipAsync("in.mkv");
        await File.WriteAllTextAsync(_folder["there.mkv"], "x");
        var right = new MattingJob { Input = _folder["in.mkv"], Output = _folder["out.mkv"], Model = "birefnet-general" };
        MattingJob job = fault switch
        {
            "input" => right with { Input = _folder["none.mkv"] },
            "output" => right with { Output = _folder["there.mkv"] },
            "background" => right with { Background = _folder["none.png"] },
            "family" => right with { Fallback = "u2net" },
            "fallback" => right with { Model = "rvm", Fallback = "rvm" },
            "trimap" => right with { Model = "closed-form", Fallback = "u2net" },
            "ratio" => right with { DownsampleRatio = .5 },
            "plate" => right with { CleanPlate = _folder["in.mkv"] },
            "unknown" => right with { Model = "rvm", Fallback = "nobody" },
            _ => right with { Fallback = _folder["none.onnx"] },
        };
        MatteException error = await Assert.ThrowsAsync<MatteException>(() => Service(Shipped()).RunAsync(job, null, default));
        Assert.Equal((code, 0), (error.Code, _asked));
    }

    [Fact]
    public async Task Plan_OfAModelThatIsNotHere_AsksForNone()
    {
        await ClipAsync("in.mkv");
        var job = new MattingJob { Input = _folder["in.mkv"], Output = _folder["out.mkv"], Model = "birefnet-general" };
        Assert.Equal("model-missing", (await Assert.ThrowsAsync<MatteException>(() => Service(Shipped()).PlanAsync(job, default))).Code);
        Assert.Equal(0, _asked);
    }

    /// <summary>BRIA's entry as it is shipped, but for its file, which is a small graph of the same contract on a server here.</summary>
    [Fact]
    public async Task Run_AModelThatIsNotForCommerce_SaysSoInTheResult()
    {
        byte[] graph = Brightness();
        using ScriptedServer server = new(async (_, stream) =>
        {
            await ScriptedServer.HeadAsync(stream, "200 OK", $"Content-Length: {graph.Length}");
            await stream.WriteAsync(graph);
        });
        Func<ModelStore> store = () => Store(catalogue =>
        {
            JsonNode rmbg = catalogue["models"]!.AsArray().Single(m => m!["id"]!.GetValue<string>() == "rmbg-2.0")!;
            rmbg["sha256"] = Convert.ToHexStringLower(SHA256.HashData(graph));
            rmbg["bytes"] = graph.Length;
        });
        await ClipAsync("in.mkv");
        var job = new MattingJob { Input = _folder["in.mkv"], Output = _folder["out.mkv"], Model = "rmbg-2.0" };
        var rules = new DownloadRules { AllowLoopbackHttp = true };
        MatteException refused = await Assert.ThrowsAsync<MatteException>(() => Service(store, rules, server.Url("rmbg.onnx")).RunAsync(job, null, default));
        Assert.Equal("licence-not-accepted", refused.Code);
        Assert.Empty(server.Requests);

        MattingResult result = await Service(store, rules with { AcceptLicence = true }, server.Url("rmbg.onnx")).RunAsync(job, null, default);
        Assert.Equal(("rmbg-2.0", "CC-BY-NC-4.0", "still"), (result.Model!.Id, result.Model.Licence, result.Model.Family));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(graph)), result.Model.Sha256);
        Assert.Contains("CC-BY-NC-4.0", Assert.Single(result.Warnings, w => w.Code == "licence-not-commercial").Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.Equal(2, _asked);
    }

    /// <summary>The 1024 x 1024 contract of BRIA's network; its matte is the picture's brightness.</summary>
    private static byte[] Brightness()
    {
        GraphBuilder graph = new();
        GraphValue picture = graph.Input("pixel_values", "1", "3", "1024", "1024");
        graph.Output("alphas", (picture.MeanOver(1) * .23f + .47f).Saturate(), "1", "1", "1024", "1024");
        return graph.ToModel("brightness", "a test's network");
    }

    private static Task ClipAsync(TempFolder folder, string name) =>
        RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=0.2", "-c:v", "ffv1", folder[name]);

    private Task ClipAsync(string name) => ClipAsync(_folder, name);

    private Func<ModelStore> Shipped() => () => Store(_ => { });

    private ModelStore Store(Action<JsonNode> change)
    {
        JsonNode catalogue = JsonNode.Parse(File.ReadAllText(ShippedCatalogue.Path))!;
        change(catalogue);
        return new ModelStore(ModelCatalogue.Load(new MemoryStream(Encoding.UTF8.GetBytes(catalogue.ToJsonString()))), new ModelFolders([], Cache, Path.Combine(SharedData.RepositoryRoot, "models")));
    }

    /// <param name="store">Made anew when models were brought.</param>
    /// <param name="rules">Null: nothing is fetched.</param>
    /// <param name="url">Where the job's model is fetched from, in place of its own address.</param>
    private MattingService Service(Func<ModelStore> store, DownloadRules? rules = null, string? url = null) =>
        new(store(), new FramePool(), TimeProvider.System, Environment.GetEnvironmentVariable)
        {
            BringModels = async (job, cancelled) =>
            {
                _asked++;
                if (rules is not null)
                    await new ModelDownloader(store(), TimeProvider.System, rules).FetchAsync(store().Require(job.Model!) with { Url = url }, null, cancelled);
                return store();
            },
        };
}
