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

    /// <summary>An empty room: RVM finds nobody, and an empty matte is not what was asked for.</summary>
    [SharedTheory]
    [InlineData(7)]
    [InlineData(0, "--lenient")]
    public async Task Matte_OfARoomWithNobody_SaysThatTheMatteIsEmpty(int exit, params string[] more)
    {
        CliRun run = await CliRun.OfAsync(
            ["matte", SharedData.Clips("14-cleanplate-woman-walksin-432p.mp4"), "--frames", "8", "--model", "rvm", "--alpha-out", _folder["e.mkv"], "--json", .. more], Models);
        Assert.True(run.Exit == exit, run.Err);
        Assert.Equal(["matte-empty"], Codes(run));
    }

    /// <summary>Where nobody is, still networks see somebody in waves, flowers and tables. Nothing stands in, and the empty matte is spoken of
    /// where it is one (in the flower RVM sees something itself).</summary>
    [SharedTheory]
    [InlineData("backgrounds/b1-room-still-432p.mp4", "sinet", 7)]
    [InlineData("backgrounds/b4-ocean-wave-720p.mp4", "mediapipe-selfie", 7)]
    [InlineData("backgrounds/b4-ocean-wave-720p.mp4", "prisma", 7)]
    [InlineData("backgrounds/b6-flower-540p.mp4", "mediapipe-selfie", null)]
    [InlineData("clips/14-cleanplate-woman-walksin-432p.mp4", "sinet", 7)]
    public Task Matte_WhereNobodyIs_HasNothingFromTheFallback(string clip, string fallback, int? exit) => NothingStandsInAsync(clip, fallback, 12, exit);

    /// <summary>Every background, every small still network, and a scene of three people of whom RVM sees two and a network a wall of them.</summary>
    [SharedTheory]
    [Trait("Category", TestCategory.Long)]
    [InlineData("backgrounds/b1-room-still-432p.mp4")]
    [InlineData("backgrounds/b2-traffic-360p.mp4")]
    [InlineData("backgrounds/b3-beach-horses-pan-480p.mp4")]
    [InlineData("backgrounds/b4-ocean-wave-720p.mp4")]
    [InlineData("backgrounds/b5-stream-handheld-sound-360p.mp4")]
    [InlineData("backgrounds/b6-flower-540p.mp4")]
    [InlineData("clips/11-bw-film-talk-sound-480p.mp4")]
    public async Task Matte_OfMoreOfEveryBackground_HasNothingFromAnyFallback(string clip)
    {
        foreach (string fallback in (string[])["mediapipe-selfie", "mediapipe-landscape", "sinet", "prisma", "deeplab-person"])
            await NothingStandsInAsync(clip, fallback, 48, null);
    }

    /// <summary>How a still matte is brought up matters to the still model that stands in, whatever the first one is.</summary>
    [SharedFact]
    public async Task Matte_UpsamplingOfTheFallback_IsTaken()
    {
        string clip = SharedData.Clips("06-webcam-head-300p.mp4");
        CliRun run = await CliRun.OfAsync(["matte", clip, "--model", "rvm", "--upsampling", "bilinear", "--fallback", "mediapipe-selfie", "-o", _folder["x.mov"], "--dry-run"], Models);
        Assert.True(run.Exit == 0, run.Err);
        run = await CliRun.OfAsync(["matte", clip, "--model", "rvm", "--upsampling", "bilinear", "-o", _folder["x.mov"], "--dry-run", "--json"], Models);
        Assert.Equal(2, run.Exit);
        Assert.Contains("upsampling-conflict", run.Out, StringComparison.Ordinal);
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

    private async Task NothingStandsInAsync(string clip, string fallback, int frames, int? exit)
    {
        CliRun run = await CliRun.OfAsync(
            ["matte", Path.Combine(SharedData.Root, clip), "--frames", $"{frames}", "--model", "rvm", "--fallback", fallback, "--alpha-out", _folder["e.mkv"], "--overwrite", "--json"], Models);
        Assert.True(run.Exit == (exit ?? run.Exit) && run.Exit is 0 or 7, $"{fallback}: {run.Err}");
        Assert.Empty(JsonDocument.Parse(run.Out).RootElement.GetProperty("fallback").EnumerateArray());
        Assert.Equal(run.Exit == 7, Codes(run).Contains("matte-empty"));
    }

    private static string[] Codes(CliRun run) =>
        [.. JsonDocument.Parse(run.Out).RootElement.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()!)];

    private async Task<double[]> AreasAsync(string name, string[] more, int ranges)
    {
        string[] ratio = more.Contains("--downsample-ratio") ? [] : ["--downsample-ratio", "0.05"];
        CliRun run = await CliRun.OfAsync(
            ["matte", SharedData.Clips("06-webcam-head-300p.mp4"), "--frames", $"{Frames}", "--model", "rvm", .. ratio, .. more, "--alpha-out", _folder[name], "--json"], Models);
        // Alone, the starved network finds nobody, or nobody to speak of.
        Assert.True(run.Exit == 0 || (more.Length == 0 && run.Exit == 7), run.Err);
        JsonElement[] said = [.. JsonDocument.Parse(run.Out).RootElement.GetProperty("fallback").EnumerateArray()];
        Assert.Equal(ranges, said.Length);
        if (ranges > 0)
            Assert.Equal((0, Frames - 1), (said[0].GetProperty("from").GetInt64(), said[0].GetProperty("to").GetInt64()));
        byte[] raw = await RealFfmpeg.RunAsync("-i", _folder[name], "-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1");
        Assert.Equal(Frames * Width * Height, raw.Length);
        return [.. raw.Chunk(Width * Height).Select(f => f.Average(v => v / 255.0))];
    }
}
