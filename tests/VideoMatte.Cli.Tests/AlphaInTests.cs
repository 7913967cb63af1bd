using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary><c>--alpha-in</c>: a matte made elsewhere in a model's place, by the program and real ffmpeg at both ends. No model is there to
/// be found.</summary>
public sealed class AlphaInTests : IDisposable
{
    private const int Width = 96, Height = 64, Frames = 10;

    /// <summary>Codes of 16 bits: ffmpeg's own way from limited range rounds once at 8 bits, ours at 16.</summary>
    private const int HalfACodeOf8Bits = 150;

    /// <summary>ffmpeg decodes the 16 bits that ProRes has for alpha to 12.</summary>
    private const double StepOf12Bits = 65535 / 4095.0;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SharedTheory]
    [InlineData("woman-ocean")]
    [InlineData("fastman-beach-pan")]
    public async Task Matte_OfAComposite_ComesBackBitForBit(string name)
    {
        string pha = SharedData.Composites(name + "/pha.mkv");
        MatteRun run = await MatteRun.OfAsync(_folder, SharedData.Composites(name + "/com.mp4"), "--alpha-in", pha);
        byte[] expected = await RealFfmpeg.RunAsync("-i", pha, "-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1");
        Assert.Equal(expected.Length, run.Matte.Length);
        Assert.True(expected.Select(v => (ushort)(v * 257)).SequenceEqual(run.Matte), "the matte changed");
        JsonElement model = run.Result.GetProperty("model");
        Assert.Equal(("alpha-in", "given"), (model.GetProperty("id").GetString(), model.GetProperty("family").GetString()));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(pha))), model.GetProperty("sha256").GetString());
        Assert.Equal("none", run.Result.GetProperty("provider").GetString());
    }

    [Fact]
    public async Task Matte_Of16Bits_ComesBackBitForBitAlsoFromOurOwnAlphaOut()
    {
        string clip = await ClipAsync(), noise = await NoiseAsync("n.mkv", "gray16le", "-c:v", "ffv1");
        MatteRun first = await MatteRun.OfAsync(_folder, clip, "--alpha-in", noise);
        Assert.True((await MatteRun.DecodeAsync(noise)).AsSpan().SequenceEqual(first.Matte), "the matte changed");
        await MatteRun.OfAsync(_folder, clip, "--alpha-in", noise, "-o", _folder["c.mov"], "--overwrite");
        // The ProRes clip's own alpha, 10 bits deep, is a given matte in turn.
        MatteRun again = await MatteRun.OfAsync(_folder, clip, "--alpha-in", _folder["c.mov"]);
        for (int i = 0; i < first.Matte.Length; i++)
        {
            int code = ((first.Matte[i] * 1023) + 32767) / 65535;
            Assert.InRange(again.Matte[i] - (code * 65535.0 / 1023), -StepOf12Bits, StepOf12Bits);
        }
    }

    /// <summary>The result says what was done: the strength, and that motion cannot be seen in a strip of four rows.</summary>
    [Theory]
    [InlineData("64x48", "flow", .7)]
    [InlineData("640x4", "off", null)]
    public async Task Matte_SmoothedAlongTheMotion_SaysWhatWasDone(string size, string smoothing, double? strength)
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"testsrc2=s={size}:r=25", "-frames:v", "5", "-pix_fmt", "yuv420p", "-c:v", "ffv1", _folder["in.mkv"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--alpha-in", await FullMatte.InAsync(_folder), "--smoothing", "flow", "--smoothing-strength", ".7", "--alpha-out", _folder["m.mkv"], "--json"]);
        Assert.True(run.Exit == 0, run.Err);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement, said = result.GetProperty("smoothingStrength");
        Assert.Equal((smoothing, strength), (result.GetProperty("smoothing").GetString(), said.ValueKind == JsonValueKind.Null ? null : said.GetDouble()));
        Assert.Equal(smoothing == "off", result.GetProperty("warnings").EnumerateArray().Any(w => w.GetProperty("code").GetString() == "smoothing-small"));
        Assert.Equal(smoothing == "flow", result.GetProperty("stages").EnumerateArray().Any(s => s.GetProperty("name").GetString() == "smoothing"));
    }

    /// <summary>As where a model finds nobody.</summary>
    [Fact]
    public async Task Matte_ABlackOne_Exits7AndSaysSo()
    {
        string clip = await ClipAsync();
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=black:s={Width}x{Height}", "-frames:v", "1", _folder["black.png"]);
        string[] words = ["matte", clip, "--alpha-in", _folder["black.png"], "-o", _folder["x.mov"], "--overwrite", "--json"];
        CliRun run = await CliRun.OfAsync(words);
        Assert.True(run.Exit == 7, run.Err);
        JsonElement warning = JsonDocument.Parse(run.Out).RootElement.GetProperty("warnings").EnumerateArray().Single(w => w.GetProperty("code").GetString() == "matte-empty");
        Assert.Equal(0, warning.GetProperty("frame").GetInt64());
        Assert.Contains("black.png", warning.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.OfAsync([.. words, "--lenient"])).Exit);
    }

    [Theory]
    [InlineData("m.mkv", "gray10le", "-c:v", "ffv1")]
    [InlineData("m.mkv", "gray12le", "-c:v", "ffv1")]
    [InlineData("m.mkv", "gray", "-c:v", "ffv1")]
    public async Task Matte_OfEachDepth_IsEachCodeRoundedOnce(string name, string pixels, params string[] encoder)
    {
        string noise = await NoiseAsync(name, pixels, encoder);
        byte[] raw = await RealFfmpeg.RunAsync("-i", noise, "-pix_fmt", pixels, "-f", "rawvideo", "pipe:1");
        int depth = pixels == "gray" ? 8 : int.Parse(pixels[4..^2], System.Globalization.CultureInfo.InvariantCulture), most = (1 << depth) - 1;
        IEnumerable<int> codes = depth == 8 ? raw.Select(b => (int)b) : raw.Chunk(2).Select(b => b[0] | (b[1] << 8));
        MatteRun run = await MatteRun.OfAsync(_folder, await ClipAsync(), "--alpha-in", noise);
        Assert.True(codes.Select(v => (ushort)Math.Round(v * 65535m / most)).SequenceEqual(run.Matte), "a code was not rounded once");
    }

    [Fact]
    public async Task Matte_InLimitedRangeLuma_ReachesBothEnds()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=white:s={Width}x{Height}:r=25:d=0.4,drawbox=x=0:y=0:w=48:h=64:color=black:t=fill",
            "-c:v", "libx264", "-qp", "0", "-pix_fmt", "yuv420p", "-color_range", "tv", _folder["l.mp4"]);
        MatteRun run = await MatteRun.OfAsync(_folder, await ClipAsync(), "--alpha-in", _folder["l.mp4"]);
        for (int i = 0; i < run.Matte.Length; i++)
            Assert.InRange(run.Matte[i], i % Width < 48 ? 0 : 65535 - HalfACodeOf8Bits, i % Width < 48 ? HalfACodeOf8Bits : 65535);
    }

    [SharedFact]
    public async Task Matte_Vp9WithAlpha_IsItsAlphaPlane()
    {
        string webm = Path.Combine(SharedData.Root, "clips", "alpha", "a5-head-vp9alpha-512.webm");
        MatteRun run = await MatteRun.OfAsync(_folder, Path.Combine(SharedData.Root, "clips", "alpha", "a3-head-keyed_fg.mp4"), "--alpha-in", webm);
        byte[] plane = await RealFfmpeg.RunAsync("-c:v", "libvpx-vp9", "-i", webm, "-vf", "alphaextract", "-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1");
        Assert.True(plane.Select(v => (ushort)(v * 257)).SequenceEqual(run.Matte), "not the alpha plane");
    }

    [Fact]
    public async Task Matte_AStillPngWithAlpha_HoldsForAllFramesWithoutScaling()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=red:s={Width}x{Height},format=rgba64le,geq=r=65535:g=0:b=0:a='mod(X*911+Y*577,65536)'",
            "-frames:v", "1", "-pix_fmt", "rgba64be", _folder["s.png"]);
        MatteRun run = await MatteRun.OfAsync(_folder, await ClipAsync(), "--alpha-in", _folder["s.png"]);
        ushort[] plane = [.. Enumerable.Range(0, Width * Height).Select(i => (ushort)(((i % Width * 911) + (i / Width * 577)) % 65536))];
        Assert.Equal(Frames, run.Matte.Length / plane.Length);
        foreach (ushort[] frame in run.Matte.Chunk(plane.Length))
            Assert.True(plane.AsSpan().SequenceEqual(frame), "not the still's alpha");
    }

    [Fact]
    public async Task Matte_OfAnotherSize_IsScaledAndItsEdgeStaysInPlace()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=black:s=40x30:r=25:d=0.4,format=gray,geq=lum='if(lt(X,16),255,0)'", "-c:v", "ffv1", _folder["s.mkv"]);
        MatteRun run = await MatteRun.OfAsync(_folder, await ClipAsync(), "--alpha-in", _folder["s.mkv"]);
        double[] covered = [.. run.Matte.Chunk(Width).Select(row => row.Sum(a => a / 65535.0) / Width)];
        Assert.All(covered, c => Assert.Equal(0.4, c, 0.005));
        Assert.Equal((65535, 0), (run.Matte[0], run.Matte[Width - 1]));
    }

    [Fact]
    public async Task Matte_TooShort_Exits3NamingBothCounts()
    {
        string clip = await ClipAsync();
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"color=white:s={Width}x{Height}:r=25:d=0.24", "-pix_fmt", "gray", "-c:v", "ffv1", _folder["s.mkv"]);
        CliRun run = await CliRun.OfAsync(["matte", clip, "--alpha-in", _folder["s.mkv"], "-o", _folder["x.mov"]], MatteRun.NoModels);
        Assert.Equal(3, run.Exit);
        Assert.Contains("has 6 frames and the picture has 10", run.Sentence, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["x.mov"]));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, ".*partial*"));
    }

    [Fact]
    public async Task Matte_MissingOrNoPicture_Exits3AndOutputOntoIt2()
    {
        string clip = await ClipAsync(), noise = await NoiseAsync("n.mkv", "gray", "-c:v", "ffv1");
        await File.WriteAllTextAsync(_folder["t.png"], "not a picture");
        foreach (string option in (string[])["--alpha-in", "--include", "--exclude"])
        {
            string[] model = option == "--alpha-in" ? [] : ["--model", "plate"];
            foreach (string file in (string[])[_folder["no.mkv"], _folder["t.png"]])
                Assert.Equal(3, (await CliRun.OfAsync(["matte", clip, .. model, option, file, "-o", _folder["x.mov"]], MatteRun.NoModels)).Exit);
            CliRun onto = await CliRun.OfAsync(["matte", clip, .. model, option, noise, "-o", noise, "--overwrite"], MatteRun.NoModels);
            Assert.Equal(2, onto.Exit);
        }

        Assert.False(File.Exists(_folder["x.mov"]));
    }

    [Fact]
    public async Task PreviewAndDryRun_KnowGivenMattesAndEdges()
    {
        string clip = await ClipAsync(), noise = await NoiseAsync("n.mkv", "gray", "-c:v", "ffv1");
        string[] options = ["--alpha-in", noise, "--matte-levels", "0.1,0.9", "--matte-grow", "-1.5", "--exclude", noise, "-o", _folder["p.mov"]];
        CliRun plan = await CliRun.OfAsync(["matte", clip, .. options, "--dry-run"], MatteRun.NoModels);
        Assert.True(plan.Exit == 0, plan.Err);
        JsonElement document = JsonDocument.Parse(plan.Out).RootElement;
        Assert.Equal([$"alpha-in {noise}", "levels 0.1,0.9,1", "grow -1.5", $"exclude {noise}"], Strings(document.GetProperty("mattes")));
        Assert.Equal(["reader", "shots", "matting", "edges", "garbage-mattes", "estimate", "despill", "foreground", "writer"], Strings(document.GetProperty("stages")));
        CliRun preview = await CliRun.OfAsync(["matte", clip, .. options, "--preview", "3"], MatteRun.NoModels);
        Assert.True(preview.Exit == 0, preview.Err);
        Assert.True(File.Exists(_folder["p-preview.png"]));
        Assert.False(File.Exists(_folder["p.mov"]));
    }

    private static IEnumerable<string> Strings(JsonElement list) => list.EnumerateArray().Select(e => e.GetString()!);

    private async Task<string> ClipAsync()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"testsrc2=s={Width}x{Height}:r=25:d=0.4", "-pix_fmt", "yuv420p", _folder["clip.mp4"]);
        return _folder["clip.mp4"];
    }

    private async Task<string> NoiseAsync(string name, string pixels, params string[] encoder)
    {
        await RealFfmpeg.RunAsync(["-f", "lavfi", "-i",
            $"color=black:s={Width}x{Height}:r=25:d=0.4,format=gray16le,geq=lum='mod(X*911+Y*577+N*10009,65536)',format={pixels}", .. encoder, "-pix_fmt", pixels, _folder[name]]);
        return _folder[name];
    }
}
