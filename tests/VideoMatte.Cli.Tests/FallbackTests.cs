using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>A real recurrent network that loses a real person, and a real still network behind it.</summary>
public sealed class FallbackTests : IDisposable
{
    private const int Frames = 40, Width = 400, Height = 300;

    private static readonly Dictionary<string, string> Models = new(StringComparer.Ordinal) { ["VIDEOMATTE_MODELS"] = Path.Combine(SharedData.Root, "models") };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>RVM starved by a far too small ratio sees nobody for the whole shot.</summary>
    [SharedFact]
    public async Task Matte_ByAStarvedNetwork_HasItsSubjectFromTheFallback()
    {
        double[] alone = await AreasAsync("alone.mkv", [], 0), helped = await AreasAsync("helped.mkv", ["--fallback", "mediapipe-selfie"], 1);
        Assert.True(alone.Max() < .05, $"RVM alone found {alone.Max()}");
        Assert.True(helped.Min() > .15, $"with the fallback {helped.Min()}");
    }

    /// <summary>With its own ratio the same network loses nobody, and nothing is replaced.</summary>
    [SharedFact]
    public async Task Matte_ByAWellFedNetwork_KeepsItsOwnMatte() =>
        await AreasAsync("own.mkv", ["--fallback", "mediapipe-selfie", "--downsample-ratio", "auto"], 0);

    /// <summary>An empty room: RVM finds nobody, and the run says so.</summary>
    [SharedFact]
    public async Task Matte_OfARoomWithNobody_SaysThatTheMatteIsEmpty()
    {
        CliRun run = await CliRun.OfAsync(["matte", SharedData.Clips("14-cleanplate-woman-walksin-432p.mp4"), "--frames", "8", "--model", "rvm", "--alpha-out", _folder["e.mkv"], "--json"], Models);
        Assert.True(run.Exit == 0, run.Err);
        Assert.Contains("matte-empty", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fallback-family", "--model", "plate", "--fallback", "plate")]
    [InlineData("fallback-conflict", "--model", "closed-form", "--trimap", "{in}", "--fallback", "plate")]
    public async Task Matte_AFallbackThatDoesNotFit_Exits2(string code, params string[] options)
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=64x48", "-frames:v", "1", _folder["in.png"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.png"], .. options.Select(o => o == "{in}" ? _folder["in.png"] : o), "-o", _folder["x.png"], "--json"]);
        Assert.True(run.Exit == 2, run.Err);
        Assert.Equal(code, JsonDocument.Parse(run.Out).RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    private async Task<double[]> AreasAsync(string name, string[] more, int ranges)
    {
        string[] ratio = more.Contains("--downsample-ratio") ? [] : ["--downsample-ratio", "0.05"];
        CliRun run = await CliRun.OfAsync(
            ["matte", SharedData.Clips("06-webcam-head-300p.mp4"), "--frames", $"{Frames}", "--model", "rvm", .. ratio, .. more, "--alpha-out", _folder[name], "--json"], Models);
        Assert.True(run.Exit == 0, run.Err);
        JsonElement[] said = [.. JsonDocument.Parse(run.Out).RootElement.GetProperty("fallback").EnumerateArray()];
        Assert.Equal(ranges, said.Length);
        if (ranges > 0)
            Assert.Equal((0, Frames - 1), (said[0].GetProperty("from").GetInt64(), said[0].GetProperty("to").GetInt64()));
        byte[] raw = await RealFfmpeg.RunAsync("-i", _folder[name], "-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1");
        Assert.Equal(Frames * Width * Height, raw.Length);
        return [.. raw.Chunk(Width * Height).Select(f => f.Average(v => v / 255.0))];
    }
}
