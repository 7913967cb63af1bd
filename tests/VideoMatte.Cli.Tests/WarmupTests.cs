using System.Globalization;
using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary><c>--warmup</c> from the command line to the file: two composites spliced, so that a shot begins in the middle.</summary>
public sealed class WarmupTests
{
    private const string First = "woman-ocean", Second = "fastman-beach-pan";

    private const int Default = 15;

    /// <summary>Only the order of sums in the network's threads lies between two mattes of the same samples.</summary>
    private const double SameTolerance = 0.5 / 255;

    private static readonly Dictionary<string, string> Models = new(StringComparer.Ordinal) { ["VIDEOMATTE_MODELS"] = Path.Combine(SharedData.Root, "models") };

    [SharedFact]
    public async Task Matte_AShotAfterACut_IsWarmedUpByItself()
    {
        const int before = 18, after = 20, pixels = 320 * 180;
        using var folder = new TempFolder();
        await SpliceAsync(folder, "320:180", before, after);
        MatteRun alone = await RunAsync(folder, "b.mp4"), spliced = await RunAsync(folder, "ab.mp4"), cold = await RunAsync(folder, "ab.mp4", "--warmup", "0");
        Assert.Equal([0, before], spliced.Result.GetProperty("shots").EnumerateArray().Select(s => s.GetProperty("start").GetInt32()));
        Assert.Equal((Default, 0), (spliced.Result.GetProperty("warmup").GetInt32(), cold.Result.GetProperty("warmup").GetInt32()));
        Assert.Equal((before + after) * pixels, spliced.Matte.Length);
        Assert.True(Difference(alone.Matte, spliced.Matte[(before * pixels)..]) < SameTolerance, "the shot after the cut is not that of the clip alone");
        foreach (int first in (int[])[0, before])
        {
            Range frame = (first * pixels)..((first + 1) * pixels);
            // A cold first frame is some 1e-3 away.
            Assert.True(Difference(cold.Matte[frame], spliced.Matte[frame]) > 3e-4, $"frame {first} is as cold as without");
        }
    }

    /// <summary>The bars, at the first frame after the cut, in what ffmpeg decodes of the file.</summary>
    [SharedFact]
    [Trait("Category", TestCategory.Long)]
    public async Task Matte_FirstFrameAfterACut_IsSettled()
    {
        const int before = 20, after = 31, pixels = 640 * 360;
        using var folder = new TempFolder();
        await SpliceAsync(folder, "640:360", before, after);
        ushort[][] settled = await ShotAsync("--warmup", "30"), warm = await ShotAsync(), cold = await ShotAsync("--warmup", "0");
        double far = Difference(cold[0], settled[0]), near = Difference(warm[0], settled[0]);
        Assert.True(near <= 0.25 * far, string.Create(CultureInfo.InvariantCulture, $"{near * 1e3:0.000} of {far * 1e3:0.000}"));
        ushort[][] truth = [.. (await MatteRun.DecodeAsync(SharedData.Composites(Path.Combine(Second, "pha.mkv")))).Chunk(pixels).Take(after)];
        double first = Difference(warm[0], truth[0]), own = Enumerable.Range(15, 16).Average(i => Difference(warm[i], truth[i]));
        Assert.True(first <= 1.1 * own, string.Create(CultureInfo.InvariantCulture, $"{first * 1e3:0.000} over {own * 1e3:0.000}"));

        async Task<ushort[][]> ShotAsync(params string[] more) => [.. (await RunAsync(folder, "ab.mp4", more)).Matte.Chunk(pixels).Skip(before)];
    }

    /// <summary>What the plan promises is what the run says: the frames, and the memory of frames that wait.</summary>
    [Fact]
    public async Task Warmup_InPlanAndResult_CountsInMemory()
    {
        using var folder = new TempFolder();
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=0.4", "-pix_fmt", "yuv420p", folder["a.mp4"]);
        long frame = 160 * 90 * 3 / 2, matte = 160 * 90 * 2;
        (int none, long least) = await PlanAsync("--warmup", "0");
        (int four, long more) = await PlanAsync("--warmup", "4");
        Assert.Equal((0, 4, 4 * (frame + matte)), (none, four, more - least));
        // The clip has ten frames: nine can be seen before its first.
        Assert.Equal(9, (await PlanAsync("--warmup", "100")).Warmup);
        Assert.Equal(9, (await PlanAsync("--warmup", "auto")).Warmup);
        MatteRun run = await MatteRun.OfAsync(folder, folder["a.mp4"], "--model", "plate", "--warmup", "4");
        Assert.Equal((4, 10, more), (run.Result.GetProperty("warmup").GetInt32(), run.Result.GetProperty("framesOut").GetInt32(), run.Result.GetProperty("memoryBoundBytes").GetInt64()));

        async Task<(int Warmup, long Bound)> PlanAsync(params string[] options)
        {
            CliRun plan = await CliRun.OfAsync(["matte", folder["a.mp4"], "--model", "plate", "--alpha-out", folder["m.mkv"], "--dry-run", .. options]);
            Assert.True(plan.Exit == 0, plan.Err);
            JsonElement root = JsonDocument.Parse(plan.Out).RootElement;
            return (root.GetProperty("warmup").GetInt32(), root.GetProperty("memoryBoundBytes").GetInt64());
        }
    }

    /// <summary>Nothing to settle, and 0 is always right.</summary>
    [SharedTheory]
    [InlineData("mediapipe-selfie")]
    [InlineData("closed-form", "--trimap", "m.png")]
    [InlineData("plate", "--clean-plate", "in.png")]
    public async Task Warmup_WithNoStateToSettle_IsRefused(string model, params string[] more)
    {
        using var folder = new TempFolder();
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=64x64", "-frames:v", "1", folder["in.png"]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=white:s=64x64", "-frames:v", "1", "-pix_fmt", "gray", folder["m.png"]);
        string[] job = ["matte", folder["in.png"], "--model", model, .. more.Select(m => m.StartsWith('-') ? m : folder[m]), "-o", folder["x.png"], "--dry-run", "--json"];
        CliRun refused = await CliRun.OfAsync([.. job, "--warmup", "8"], Models);
        Assert.Equal(2, refused.Exit);
        Assert.Contains("--warmup 8", refused.Sentence, StringComparison.Ordinal);
        foreach (string said in (string[])["0", "auto"])
        {
            CliRun taken = await CliRun.OfAsync([.. job, "--warmup", said], Models);
            Assert.True(taken.Exit == 0, taken.Err);
            Assert.Equal(0, JsonDocument.Parse(taken.Out).RootElement.GetProperty("warmup").GetInt32());
        }
    }

    /// <summary>Lossless, so that a shot's samples are the same alone and behind another.</summary>
    private static async Task SpliceAsync(TempFolder folder, string size, int before, int after)
    {
        string[] lossless = ["-c:v", "libx264", "-qp", "0", "-preset", "ultrafast", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv", "-an"];
        foreach ((string name, string clip, int frames) in ((string, string, int)[])[("a", First, before), ("b", Second, after)])
            await RealFfmpeg.RunAsync(["-i", SharedData.Composites(Path.Combine(clip, "com.mp4")), "-vf", $"scale={size},setpts=N/25/TB,fps=25,setsar=1,format=yuv420p",
                "-frames:v", frames.ToString(CultureInfo.InvariantCulture), .. lossless, folder[name + ".mp4"]]);
        await RealFfmpeg.RunAsync(["-i", folder["a.mp4"], "-i", folder["b.mp4"], "-filter_complex", "[0:v][1:v]concat=n=2:v=1", .. lossless, folder["ab.mp4"]]);
    }

    private static Task<MatteRun> RunAsync(TempFolder folder, string clip, params string[] more) =>
        MatteRun.OfAsync(folder, folder[clip], ["--model", SharedData.RvmModel, .. more]);

    private static double Difference(ushort[] a, ushort[] b)
    {
        Assert.Equal(a.Length, b.Length);
        return a.Zip(b, (x, y) => Math.Abs(x - y) / 65535.0).Average();
    }
}
