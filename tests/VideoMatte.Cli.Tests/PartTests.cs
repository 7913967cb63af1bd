using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>A part of a clip, at another rate, at another size: picture, sound and all that goes with them, by decoding again.</summary>
public sealed class PartTests : IDisposable
{
    /// <summary>A click is found at the middle of its energy, whose place a lossy codec keeps; containers of milliseconds round two times.</summary>
    private const double ClickTolerance = 0.0015;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Twelve seconds; a flash and a click at 10.2 s, in two tracks; chapters at 0, 9.9 and 10.4; a timecode with dropped numbers.</summary>
    [Theory]
    [InlineData("in.mov", "x.mov")]
    [InlineData("in.mkv", "x.mkv")]
    [InlineData("in.mov", "x.webm")]
    [InlineData("in.mov", "x.mkv")]
    public async Task Matte_APart_CutsPictureSoundChaptersAndTimecodeTogether(string name, string target)
    {
        await MakeAsync(name);
        // 30000/1001: frame 300 is at 10.01 s, frame 306 at 10.2102 s.
        JsonElement result = await RunAsync(name, target, "--start", "10", "--end", "00:00:10.600", "--foreground", "source");
        Assert.Equal((18, 18), (result.GetProperty("framesIn").GetInt32(), result.GetProperty("framesOut").GetInt32()));
        JsonElement selection = result.GetProperty("selection");
        Assert.Equal(10.01, selection.GetProperty("firstFrame").GetDouble(), 1e-9);
        // 01:00:59;20 and 300 frames: 0;00 and 0;01 of minute 1 are left out.
        Assert.Equal("01:01:09;22", selection.GetProperty("timecode").GetString());
        if (!target.EndsWith(".webm", StringComparison.Ordinal))
            Assert.Contains("01:01:09;22", await RealFfmpeg.ProbeAsync("-show_entries", "stream_tags=timecode", "-of", "csv=p=0", _folder[target]), StringComparison.Ordinal);

        double[] times = await TimesAsync(target);
        Assert.Equal(18, times.Length);
        Assert.Equal(0, times[0]);
        Assert.Equal(17 * 1001 / 30000.0, times[^1], 0.001);
        byte[] luma = await RealFfmpeg.RunAsync("-i", _folder[target], "-map", "0:v", "-fps_mode", "passthrough", "-vf", "extractplanes=y,scale=4:4", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1");
        int flash = Enumerable.Range(0, 18).MaxBy(i => luma.AsSpan(i * 16, 16).ToArray().Sum(v => v));
        Assert.Equal(6, flash);
        for (int track = 0; track < 2; track++)
        {
            (double click, double length) = await SoundAsync(target, track);
            Assert.Equal(times[6], click, ClickTolerance);
            // 0.59 s are left from frame 300 to 10.6 s; a copied packet may end later.
            Assert.InRange(length, 0.585, 0.65);
        }

        JsonElement chapters = JsonDocument.Parse(await RealFfmpeg.ProbeAsync("-show_chapters", "-of", "json", _folder[target])).RootElement.GetProperty("chapters");
        Assert.Equal(["two", "three"], chapters.EnumerateArray().Select(c => c.GetProperty("tags").GetProperty("title").GetString()));
        Assert.Equal("0.000000", chapters[0].GetProperty("start_time").GetString());
        double shift = double.Parse((await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-show_entries", "stream=start_time", "-of", "csv=p=0", _folder[name])).Trim(), CultureInfo.InvariantCulture);
        Assert.Equal(0.39 - shift, double.Parse(chapters[1].GetProperty("start_time").GetString()!, CultureInfo.InvariantCulture), 0.002);
    }

    [Fact]
    public async Task Matte_ANumberOfFrames_CutsSoundAtTheNextFrame()
    {
        await MakeAsync("in.mov");
        JsonElement result = await RunAsync("in.mov", "x.mov", "--start", "10.01", "--frames", "9");
        Assert.Equal(9, result.GetProperty("framesOut").GetInt32());
        (_, double length) = await SoundAsync("x.mov", 1);
        Assert.Equal(9 * 1001 / 30000.0, length, 1024 / 44100.0);
    }

    /// <summary>Frames 7, 15, 23 ... of 24 come twice at 25-ish; sound stays as it is and beside its flash.</summary>
    [Theory]
    [InlineData("29.97", "25", 10, 0, 2)]
    [InlineData("25", "30000/1001", 10, 2, 0)]
    [InlineData("50", "25", 20, 0, 10)]
    public async Task Matte_AtAnotherRate_RepeatsOrDropsTheNearestFrames(string from, string to, int frames, int repeated, int dropped)
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", $"testsrc2=s=64x48:r={(from == "29.97" ? "30000/1001" : from)}", "-frames:v", frames.ToString(CultureInfo.InvariantCulture), "-pix_fmt", "yuv420p",
            "-c:v", "ffv1", _folder["r.mkv"]);
        JsonElement result = await RunAsync("r.mkv", "r.mov", "--rate", to, "--alpha-out", _folder["ra.mkv"]);
        int written = frames + repeated - dropped;
        Assert.Equal((frames, written), (result.GetProperty("framesIn").GetInt32(), result.GetProperty("framesOut").GetInt32()));
        Assert.Equal((repeated, dropped), (result.GetProperty("conform").GetProperty("repeated").GetInt32(), result.GetProperty("conform").GetProperty("dropped").GetInt32()));
        Assert.Contains(result.GetProperty("warnings").EnumerateArray(), w => w.GetProperty("code").GetString() == "conformed");
        double step = to == "25" ? 0.04 : 1001 / 30000.0;
        double[] times = await TimesAsync("r.mov");
        Assert.Equal(Enumerable.Range(0, written).Select(i => Math.Round(i * step, 5)), times.Select(t => Math.Round(t, 5)));
        Assert.Equal(to == "25" ? "25/1" : "30000/1001", (await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-show_entries", "stream=avg_frame_rate", "-of", "csv=p=0", _folder["r.mov"])).Trim());
        // Every written frame is of the same moment in both files, and the model saw each needed frame once.
        byte[] alpha = await RealFfmpeg.RunAsync("-i", _folder["ra.mkv"], "-fps_mode", "passthrough", "-pix_fmt", "gray16le", "-f", "rawvideo", "pipe:1");
        Assert.Equal(written * 64 * 48 * 2, alpha.Length);
        Assert.Equal(frames - dropped, result.GetProperty("stages").EnumerateArray().Single(s => s.GetProperty("name").GetString() == "matting").GetProperty("frames").GetInt32());
    }

    [Fact]
    public async Task Matte_AVariableRateIntoMov_WarnsAndPrintsTheCommandThatCures()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=64x48:r=30,settb=1/90000,setpts=N*3003+mod(N*7\\,5)*611", "-frames:v", "12", "-fps_mode", "passthrough",
            "-enc_time_base", "1:90000", "-pix_fmt", "yuv420p", "-c:v", "ffv1", _folder["v.mkv"]);
        JsonElement result = await RunAsync("v.mkv", "v.mov");
        string message = result.GetProperty("warnings").EnumerateArray().Single(w => w.GetProperty("code").GetString() == "vfr").GetProperty("message").GetString()!;
        Assert.Matches(@"run: videomatte matte --rate \S+ (--overwrite )?\S+v\.mkv .*-o \S+v\.mov", message);
        result = await RunAsync("v.mkv", "v.mov", "--rate", "29.97");
        Assert.DoesNotContain(result.GetProperty("warnings").EnumerateArray(), w => w.GetProperty("code").GetString() == "vfr");
    }

    /// <summary>The picture is what ffmpeg's scaler makes of the source, and keeps its shape on the screen.</summary>
    [Theory]
    [InlineData("48x64", "2:1")]
    [InlineData("192x128", "1:1")]
    [InlineData("77x45", "135:154")]
    public async Task Matte_AtAnotherSize_ScalesPictureAndAlphaAndKeepsTheShape(string size, string aspect)
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "smptehdbars=s=96x64:r=25", "-frames:v", "3", "-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", "-color_range", "tv",
            "-colorspace", "bt709", "-c:v", "ffv1", _folder["s.mkv"]);
        JsonElement result = await RunAsync("s.mkv", "s-out.mkv", "--size", size, "--foreground", "source", "--alpha-out", _folder["sa.mkv"], "--alpha-in", await FullMatte.InAsync(_folder));
        string[] sides = size.Split('x');
        Assert.Equal(sides, (string[])[result.GetProperty("width").ToString(), result.GetProperty("height").ToString()]);
        foreach (string file in (string[])["s-out.mkv", "sa.mkv"])
            Assert.Equal($"{sides[0]},{sides[1]},{aspect}",
                (await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-show_entries", "stream=width,height,sample_aspect_ratio", "-of", "csv=p=0", _folder[file])).Trim());
        Assert.Equal("tv,bt709", (await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-show_entries", "stream=color_range,color_space", "-of", "csv=p=0", _folder["s-out.mkv"])).Trim());
        byte[] expected = await RealFfmpeg.RunAsync("-i", _folder["s.mkv"], "-vf",
            $"scale={sides[0]}:{sides[1]}:flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp:sws_dither=none:in_h_chr_pos=0:in_v_chr_pos=128:out_h_chr_pos=0:out_v_chr_pos=128",
            "-pix_fmt", "yuv420p", "-f", "rawvideo", "pipe:1");
        byte[] found = await RealFfmpeg.RunAsync("-i", _folder["s-out.mkv"], "-pix_fmt", "yuv420p", "-f", "rawvideo", "pipe:1");
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task Matte_AnInterlacedSource_IsMadeWholeWithAWarningOrRefused()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=96x64:r=50:d=0.4", "-vf", "tinterlace=interleave_top,fieldorder=tff", "-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-top", "1",
            "-b:v", "2M", _folder["i.mpg"]);
        JsonElement result = await RunAsync("i.mpg", "i.mov");
        Assert.Equal((10, 10), (result.GetProperty("framesIn").GetInt32(), result.GetProperty("framesOut").GetInt32()));
        Assert.Contains(result.GetProperty("warnings").EnumerateArray(), w => w.GetProperty("code").GetString() == "interlaced");
        CliRun refused = await CliRun.OfAsync(["matte", _folder["i.mpg"], "--model", "plate", "-o", _folder["j.mov"], "--deinterlace", "off"]);
        Assert.Equal(2, refused.Exit);
        Assert.Contains("interlaced", refused.Sentence, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["j.mov"]));
    }

    [Fact]
    public async Task Plan_OfAPart_SaysWhatWouldBeCut()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=4", "-pix_fmt", "yuv420p", "-c:v", "libx264", _folder["p.mp4"]);
        JsonElement plan = await RunAsync("p.mp4", "p.mov", "--start", "1", "--end", "00:00:03", "--rate", "source-average", "--size", "32x24", "--dry-run");
        Assert.Equal((1.0, 3.0), (plan.GetProperty("selection").GetProperty("start").GetDouble(), plan.GetProperty("selection").GetProperty("end").GetDouble()));
        Assert.Equal((50, "25/1", 32), (plan.GetProperty("frames").GetInt32(), plan.GetProperty("conformTo").GetString(), plan.GetProperty("width").GetInt32()));
    }

    private async Task MakeAsync(string name)
    {
        await File.WriteAllTextAsync(_folder["c.txt"], ";FFMETADATA1\n" + string.Concat(new[] { ("one", 0, 9900), ("two", 9900, 10400), ("three", 10400, 12000) }
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"[CHAPTER]\nTIMEBASE=1/1000\nSTART={c.Item2}\nEND={c.Item3}\ntitle={c.Item1}\n"))));
        // Frame 306 of 30000/1001 is the flash, at 10.2102 s.
        string click = "aevalsrc='if(between(t\\,10.2102\\,10.2122)\\,0.8*sin(2*PI*4000*t)\\,0)':d=12:s=";
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=96x64:r=30000/1001:d=12,drawbox=color=gray@0.6:t=fill,drawbox=enable='eq(n\\,306)':color=white:t=fill", "-f", "lavfi", "-i", click + "48000",
            "-f", "lavfi", "-i", click + "44100", "-i", _folder["c.txt"], "-map", "0", "-map", "1", "-map", "2", "-map_chapters", "3", "-c:v", "libx264", "-preset", "veryfast", "-bf", "3",
            "-pix_fmt", "yuv420p", "-c:a:0", "aac", "-c:a:1", "pcm_s16le", "-timecode", "01:00:59;20", _folder[name]);
    }

    private async Task<JsonElement> RunAsync(string name, string target, params string[] more)
    {
        string[] model = more.Contains("--alpha-in") ? [] : ["--model", "plate"];
        CliRun run = await CliRun.OfAsync(["matte", _folder[name], .. model, "--smoothing", "off", "-o", _folder[target], "--overwrite", "--json", .. more]);
        Assert.True(run.Exit == 0, run.Err);
        return JsonDocument.Parse(run.Out).RootElement;
    }

    private async Task<double[]> TimesAsync(string name)
    {
        string text = await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-show_entries", "packet=pts_time", "-of", "csv=p=0", _folder[name]);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => double.Parse(l.Trim().TrimEnd(','), CultureInfo.InvariantCulture)).Order()];
    }

    private async Task<(double Click, double Length)> SoundAsync(string name, int track)
    {
        byte[] sound = await RealFfmpeg.RunAsync("-copyts", "-i", _folder[name], "-map", FormattableString.Invariant($"0:a:{track}"), "-af", "aresample=48000:async=1:first_pts=0", "-ac", "1",
            "-f", "f32le", "pipe:1");
        float[] samples = MemoryMarshal.Cast<byte, float>(sound.AsSpan()).ToArray();
        double energy = samples.Sum(s => (double)s * s);
        return ((samples.Select((s, i) => (double)s * s * i).Sum() / energy / 48000) - 0.001, samples.Length / 48000.0);
    }
}
