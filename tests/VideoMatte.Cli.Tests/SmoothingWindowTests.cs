using System.Runtime.InteropServices;
using System.Text.Json;
using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Pipelines;
using VideoMatte.Temporal.Smoothing;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>How far smoothing along the motion looks, as the user says it.</summary>
public sealed class SmoothingWindowTests : IDisposable
{
    private const int Width = 160;
    private const int Height = 90;
    private const int Frames = 8;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Looking back only, a clip's beginning comes out alike whatever follows; looking ahead, its last frames do not.</summary>
    [Theory]
    [InlineData("3+0", Frames / 2)]
    [InlineData("1+1", (Frames / 2) - 1)]
    [InlineData("0+2", (Frames / 2) - 2)]
    public async Task Matte_LooksAsFarAheadAsTold(string window, int alike)
    {
        await DrawAsync();
        ushort[] whole = (await MatteAsync("whole.mkv", "--smoothing-window", window)).Codes, half = (await MatteAsync("half.mkv", "--smoothing-window", window, "--frames", $"{Frames / 2}")).Codes;
        Assert.Equal(Width * Height * Frames, whole.Length);
        Assert.Equal(whole[..(alike * Width * Height)], half[..(alike * Width * Height)]);
        for (int t = alike; t < Frames / 2; t++)
            Assert.NotEqual(whole[(t * Width * Height)..((t + 1) * Width * Height)], half[(t * Width * Height)..((t + 1) * Width * Height)]);
    }

    /// <summary>A job that did not come through the options: nothing is opened for a window that is none.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 2)]
    [InlineData(2, -1)]
    [InlineData(12, 12)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public async Task Plan_OfTheLibrary_RefusesAWindowThatIsNone(int behind, int ahead)
    {
        var job = new MattingJob { Input = _folder["none.mkv"], Model = "plate", AlphaOutput = _folder["x.mkv"], SmoothingWindow = new SmoothingReach(behind, ahead) };
        var service = new MattingService(ModelStore.ForMachine(_ => null, AppContext.BaseDirectory), new FramePool(), TimeProvider.System, _ => null);
        MatteException error = await Assert.ThrowsAsync<MatteException>(() => service.PlanAsync(job, CancellationToken.None));
        Assert.Equal((ErrorKind.Usage, "smoothing-window"), (error.Kind, error.Code));
    }

    [Fact]
    public async Task Matte_TheWindow_IsInTheResultAndInTheMemoryBound()
    {
        await DrawAsync();
        JsonElement usual = (await MatteAsync("usual.mkv")).Result, wide = (await MatteAsync("wide.mkv", "--smoothing-window", "12+11")).Result;
        Assert.Equal((2, 2), Window(usual));
        Assert.Equal((12, 11), Window(wide));
        // Nine more frames are held back, each of 1.5 bytes a pixel and a matte of 2, and 19 more mattes are kept.
        long more = wide.GetProperty("memoryBoundBytes").GetInt64() - usual.GetProperty("memoryBoundBytes").GetInt64();
        Assert.True(more >= Width * Height * ((9 * 3.5) + (19 * 2)), $"{more} bytes more");
        Assert.Equal(Frames, wide.GetProperty("framesOut").GetInt32());
    }

    [Fact]
    public async Task Plan_TheWindow_IsNamed()
    {
        await DrawAsync();
        foreach ((string? smoothing, string? given, (int, int)? expected) in ((string?, string?, (int, int)?)[])[("flow", "4+0", (4, 0)), ("flow", null, (2, 2)), ("average", null, null), (null, null, null)])
        {
            CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--alpha-in", _folder["m.mkv"], "--dry-run", .. Option("--smoothing", smoothing), .. Option("--smoothing-window", given)]);
            Assert.True(run.Exit == 0, run.Err);
            Assert.Equal(expected, Window(JsonDocument.Parse(run.Out).RootElement));
        }
    }

    /// <summary>A given matte is not smoothed unless that is asked for, and then there is no window to look through.</summary>
    [Fact]
    public async Task Matte_AWindowForWhatIsNotSmoothed_Exits2()
    {
        await DrawAsync();
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--alpha-in", _folder["m.mkv"], "--alpha-out", _folder["x.mkv"], "--smoothing-window", "2+2", "--json"]);
        Assert.Equal(2, run.Exit);
        Assert.Contains("--smoothing-window", run.Sentence, StringComparison.Ordinal);
    }

    /// <summary>A strip of 30 rows shows no motion: what asks for it, by whatever name, is told so.</summary>
    [SharedTheory]
    [InlineData("--smoothing", "flow")]
    [InlineData("--smoothing-window", "4+4")]
    [InlineData("--smoothing-strength", ".7")]
    [InlineData]
    public async Task Matte_OfAStripTooNarrow_SaysThatNothingIsSmoothed(params string[] asked)
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=1500x12:r=25", "-frames:v", "2", "-pix_fmt", "yuv420p", "-c:v", "ffv1", _folder["strip.mkv"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["strip.mkv"], "--model", SharedData.RvmModel, "--alpha-out", _folder["x.mkv"], "--lenient", "--json", .. asked]);
        Assert.True(run.Exit == 0, run.Err);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal("off", result.GetProperty("smoothing").GetString());
        Assert.Null(Window(result));
        Assert.Equal(asked.Length > 0, result.GetProperty("warnings").EnumerateArray().Any(w => w.GetProperty("code").GetString() == "smoothing-small"));
    }

    private static string[] Option(string name, string? value) => value is null ? [] : [name, value];

    private static (int, int)? Window(JsonElement report) => report.GetProperty("smoothingWindow") is { ValueKind: JsonValueKind.Object } window
        ? (window.GetProperty("behind").GetInt32(), window.GetProperty("ahead").GetInt32())
        : null;

    /// <summary>A still picture, and a matte whose soft edge is elsewhere in every frame.</summary>
    private async Task DrawAsync()
    {
        string size = $"s={Width}x{Height}:r=25:d={Frames / 25.0}";
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"smptebars={size}", "-frames:v", $"{Frames}", "-pix_fmt", "yuv420p", "-c:v", "ffv1", _folder["in.mkv"]);
        await RealFfmpeg.RunAsync(
            "-f", "lavfi", "-i", $"color=black:{size},format=gray,geq=lum='255*clip((X-60-mod(N*5\\,7))/12\\,0\\,1)'", "-frames:v", $"{Frames}", "-pix_fmt", "gray", "-c:v", "ffv1", _folder["m.mkv"]);
    }

    private async Task<(JsonElement Result, ushort[] Codes)> MatteAsync(string name, params string[] more)
    {
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--alpha-in", _folder["m.mkv"], "--smoothing", "flow", "--alpha-out", _folder[name], "--json", .. more]);
        Assert.True(run.Exit == 0, run.Err);
        byte[] codes = await RealFfmpeg.RunAsync("-i", _folder[name], "-pix_fmt", "gray16le", "-f", "rawvideo", "pipe:1");
        return (JsonDocument.Parse(run.Out).RootElement, MemoryMarshal.Cast<byte, ushort>(codes).ToArray());
    }
}
