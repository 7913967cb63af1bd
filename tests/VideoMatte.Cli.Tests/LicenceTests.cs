using System.Text.Json;
using System.Text.Json.Nodes;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>What a run says of its models' licences.</summary>
public sealed class LicenceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Whatever is made with a model says what its licence says: the model that runs, and the one that stands in.</summary>
    [SharedTheory]
    [InlineData("no", "CC-BY-NC-4.0", "licence-not-commercial")]
    [InlineData("unknown", "unknown", "licence-unknown")]
    [InlineData("yes", "MIT", null)]
    public async Task Matte_ByAModelOfTheUsersOwn_CarriesItsLicence(string commercial, string licence, string? code)
    {
        string model = _folder["own.onnx"];
        File.Copy(SharedData.Models("selfie_segmentation.onnx"), model);
        var machine = new Dictionary<string, string>(StringComparer.Ordinal) { ["VIDEOMATTE_MODELS"] = _folder.Path, ["XDG_CACHE_HOME"] = _folder["cache"] };
        CliRun add = await CliRun.OfAsync(["models", "add", model, "--like", "mediapipe-selfie", "--id", "own", "--licence", licence], machine);
        Assert.True(add.Exit == 0, add.Err);
        string entry = model + ".model.json";
        JsonNode facts = JsonNode.Parse(await File.ReadAllTextAsync(entry))!;
        facts["commercial"] = commercial;
        await File.WriteAllTextAsync(entry, facts.ToJsonString());
        await RealFfmpeg.RunAsync("-i", SharedData.Clips("06-webcam-head-300p.mp4"), "-frames:v", "2", "-c:v", "ffv1", _folder["in.mkv"]);

        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", "own", "-o", _folder["x.mkv"], "--accept-licence", "--json"], machine);
        Assert.True(run.Exit == 0, run.Err);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(licence, result.GetProperty("model").GetProperty("licence").GetString());
        Assert.Equal(code is null ? [] : [code], Licences(result));

        run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", SharedData.RvmModel, "--fallback", "own", "-o", _folder["y.mkv"], "--json"], machine);
        Assert.True(run.Exit == 0, run.Err);
        Assert.Equal(code is null ? [] : [code], Licences(JsonDocument.Parse(run.Out).RootElement));
    }

    /// <summary>A matte of the user's own is no model: nobody asks for its licence.</summary>
    [Fact]
    public async Task Matte_OfAGivenMatte_SpeaksOfNoLicence()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=64x48", "-frames:v", "1", _folder["in.png"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.png"], "--alpha-in", _folder["in.png"], "-o", _folder["x.png"], "--json"], MatteRun.NoModels);
        Assert.True(run.Exit == 0, run.Err);
        Assert.Empty(Licences(JsonDocument.Parse(run.Out).RootElement));
    }

    private static IEnumerable<string> Licences(JsonElement result) =>
        result.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()!).Where(c => c.StartsWith("licence-", StringComparison.Ordinal));
}
