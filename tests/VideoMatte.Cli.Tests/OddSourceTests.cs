using System.Globalization;
using System.Text.Json;
using VideoMatte.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Cli.Tests;

/// <summary>Sources that break tools of this kind, through the real network into a clip for editors.</summary>
public sealed class OddSourceTests(ITestOutputHelper output) : IDisposable
{
    private const int Few = 4;

    /// <summary>What the process may hold beside what the bound counts: runtime, the network's weights and inner results at 4K, the encoder's
    /// packed planes. 370 MiB were measured on 30 frames.</summary>
    private const long RestOfTheProcess = 1024L << 20;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A timecode stream, full range, a height that is no multiple of 8, sound before the picture.</summary>
    [SharedTheory]
    [InlineData("03-cups-fasthands-720p.mp4", "timecode")]
    [InlineData("05-signing-webcam-480p.mp4", "range")]
    [InlineData("09-portrait-hair-handheld-720x1364.mp4", "height")]
    [InlineData("11-bw-film-talk-sound-480p.mp4", "sound")]
    public async Task Matte_AClipWithAnOddity_Works(string clip, string oddity)
    {
        JsonElement result = await RunAsync(SharedData.Clips(clip), "x.mov", Few, "--frames", $"{Few}");
        string[] warnings = [.. result.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()!)];
        switch (oddity)
        {
            case "timecode":
                Assert.Equal(await TimecodeAsync(SharedData.Clips(clip)), await TimecodeAsync(_folder["x.mov"]));
                break;
            case "range":
                Assert.Contains("range-converted", warnings);
                Assert.Equal("tv", await EntryAsync("x.mov", "v:0", "color_range"));
                break;
            case "height":
                Assert.Equal("1364", await EntryAsync("x.mov", "v:0", "height"));
                break;
            default:
                Assert.Equal("aac", await EntryAsync("x.mov", "a:0", "codec_name"));
                break;
        }
    }

    [SharedTheory]
    [InlineData("crop.mkv", "25", 4, "yuv420p")]
    [InlineData("ten.mp4", "25", 4, "yuv420p10le")]
    [InlineData("quick.mp4", "120", 8, "yuv420p")]
    [InlineData("slow.mp4", "1", 3, "yuv420p")]
    [InlineData("one.mp4", "25", 1, "yuv420p")]
    public async Task Matte_AnOddClip_KeepsItsFramesAndTimes(string name, string rate, int frames, string pixels)
    {
        // A real man, so that the network has something to find.
        string size = name == "crop.mkv" ? "crop=101:77:300:60:exact=1" : "scale=320:180";
        string[] codec = name == "ten.mp4" ? ["-c:v", "libx265", "-x265-params", "log-level=error"] : name == "crop.mkv" ? ["-c:v", "ffv1"] : ["-c:v", "libx264"];
        await RealFfmpeg.RunAsync(["-i", SharedData.Clips("11-bw-film-talk-sound-480p.mp4"), "-an", "-map", "0:v", "-vf", $"{size},setpts=N/({rate})/TB,fps={rate}", "-frames:v",
            frames.ToString(CultureInfo.InvariantCulture), "-pix_fmt", pixels, .. codec, _folder[name]]);
        await RunAsync(_folder[name], "x.mov", frames);
        double[] times = await TimesAsync("x.mov");
        Assert.Equal(Enumerable.Range(0, frames).Select(i => Math.Round(i / double.Parse(rate, CultureInfo.InvariantCulture), 4)), times.Select(t => Math.Round(t, 4)));
        if (pixels != "yuv420p")
            Assert.Equal("yuva444p12le", await EntryAsync("x.mov", "v:0", "pix_fmt"));
    }

    [SharedFact]
    public async Task Matte_AStillPhoto_BecomesAPictureWithAlpha()
    {
        await RealFfmpeg.RunAsync("-i", SharedData.Clips("11-bw-film-talk-sound-480p.mp4"), "-map", "0:v", "-frames:v", "1", _folder["photo.jpg"]);
        await RunAsync(_folder["photo.jpg"], "photo.png", 1);
        Assert.Equal("rgba", await EntryAsync("photo.png", "v:0", "pix_fmt"));
        byte[] alpha = await RealFfmpeg.RunAsync("-i", _folder["photo.png"], "-vf", "extractplanes=a", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1");
        Assert.Contains(alpha, a => a > 200);
        Assert.Contains(alpha, a => a < 50);
    }

    /// <summary>Twenty seconds of 4K at 10 bits, 25 frames a second, every frame: memory stays within the bound the result states.</summary>
    [SharedFact]
    [Trait("Category", TestCategory.Long)]
    public async Task Matte_A4KTenBitClipOfTwentySeconds_KeepsMemoryBounded()
    {
        await RealFfmpeg.RunAsync("-stream_loop", "-1", "-i", SharedData.Clips("07-portrait-talk-sound-1080x1920-hevc.mp4"), "-t", "20", "-an", "-vf", "transpose=1,scale=3840:2160,format=yuv420p10le",
            "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error", _folder["4k.mp4"]);
        JsonElement result = await RunAsync(_folder["4k.mp4"], "4k.mkv", 500);
        long peak = result.GetProperty("peakMemoryBytes").GetInt64(), bound = result.GetProperty("memoryBoundBytes").GetInt64();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak {peak >> 20} MiB, frames at most {bound >> 20} MiB, {result.GetProperty("fps").GetDouble()} frames a second"));
        Assert.True(peak < bound + RestOfTheProcess, $"{peak} against {bound}");
    }

    private async Task<JsonElement> RunAsync(string clip, string target, int frames, params string[] more)
    {
        CliRun run = await CliRun.OfAsync(["matte", clip, "--model", SharedData.RvmModel, "-o", _folder[target], "--json", .. more]);
        Assert.True(run.Exit == 0, run.Err);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal((frames, frames), (result.GetProperty("framesIn").GetInt32(), result.GetProperty("framesOut").GetInt32()));
        return result;
    }

    private async Task<string> EntryAsync(string name, string stream, string entry) =>
        (await RealFfmpeg.ProbeAsync("-select_streams", stream, "-show_entries", "stream=" + entry, "-of", "default=nk=1:nw=1", _folder[name])).Trim();

    private static async Task<string> TimecodeAsync(string file) =>
        (await RealFfmpeg.ProbeAsync("-select_streams", "d", "-show_entries", "stream_tags=timecode", "-of", "default=nk=1:nw=1", file)).Trim();

    private async Task<double[]> TimesAsync(string name)
    {
        string text = await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-show_entries", "packet=pts_time", "-of", "csv=p=0", _folder[name]);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => double.Parse(l.Trim().TrimEnd(','), CultureInfo.InvariantCulture)).Order()];
    }
}
