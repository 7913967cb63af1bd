using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>Every real clip through the real network, decoded again by the real ffmpeg and held against an independent loop.</summary>
public sealed class RealClipTests
{
    /// <summary>Frames of a clip in the suite; the long proof takes all.</summary>
    private const int ShortFrames = 40;

    /// <summary>And of these as many for their picture alone, which is packed the same way in every frame.</summary>
    private const int PictureFrames = 12;

    /// <summary>Mean |alpha difference| that two right conversions of 4:2:0 to RGB can make: half a code of 8 bits.</summary>
    private const double MatteTolerance = 0.5 / 255;

    public static TheoryData<string> Clips { get; } = new(
        "01-juggle-fullbody-720p.mp4", "03-cups-fasthands-720p.mp4", "04-bedroom-jump-hair-540p.mp4", "05-signing-webcam-480p.mp4",
        "06-webcam-head-300p.mp4", "07-portrait-talk-sound-1080x1920-hevc.mp4", "08-woman-movingcamera-sound-720p.mp4",
        "09-portrait-hair-handheld-720x1364.mp4", "11-bw-film-talk-sound-480p.mp4",
        "13-portrait-gestures-speech-720x1280.mp4", "14-cleanplate-woman-walksin-432p.mp4");

    [SharedTheory]
    [MemberData(nameof(Clips))]
    public async Task Matte_FirstFramesOfARealClip_KeepEveryPromise(string clip)
    {
        using var folder = new TempFolder();
        string cut = folder["in" + Path.GetExtension(clip)];
        await RealFfmpeg.RunAsync("-i", SharedData.Clips(clip), "-map", "0:v:0", "-map", "0:a?", "-c", "copy",
            "-frames:v", ShortFrames.ToString(CultureInfo.InvariantCulture), cut);
        await ProveAsync(cut, folder, inferTwice: false);
    }

    [SharedTheory]
    [MemberData(nameof(Clips))]
    [Trait("Category", TestCategory.Long)]
    public async Task Matte_AllFramesOfARealClip_KeepEveryPromise(string clip)
    {
        using var folder = new TempFolder();
        await ProveAsync(SharedData.Clips(clip), folder, inferTwice: true);
    }

    private static async Task ProveAsync(string clip, TempFolder folder, bool inferTwice)
    {
        CliRun run = await CliRun.OfAsync(["matte", clip, "--model", SharedData.RvmModel, "--warmup", "0", "--smoothing", "off",
            "-o", folder["x.mov"], "--alpha-out", folder["a.mkv"], "--json"]);
        Assert.True(run.Exit == 0, run.Err);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        long counted = long.Parse(
            (await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", clip)).Trim().TrimEnd(','),
            CultureInfo.InvariantCulture);
        Assert.Equal(counted, result.GetProperty("framesIn").GetInt64());
        Assert.Equal(counted, result.GetProperty("framesOut").GetInt64());

        int width = result.GetProperty("width").GetInt32(), height = result.GetProperty("height").GetInt32();
        byte[] matte = await RealFfmpeg.RunAsync("-i", folder["a.mkv"], "-fps_mode", "passthrough", "-pix_fmt", "gray16le", "-f", "rawvideo", "pipe:1");
        Assert.Equal(counted * width * height * 2, matte.Length);
        await AssertEqualsReferenceAsync(clip, matte, width, height, [.. result.GetProperty("shots").EnumerateArray().Select(s => s.GetProperty("start").GetInt64())]);
        await AssertFileAlphaAsync(folder["x.mov"], matte);
        await AssertSoundAsync(clip, folder["x.mov"], result);
        await AssertTimesAsync(clip, folder["x.mov"]);
        await AssertPictureAsync(clip, folder, inferTwice);
    }

    private static async Task AssertEqualsReferenceAsync(string clip, byte[] matte, int width, int height, long[] shots)
    {
        string matrix = await MatrixAsync(clip, height);
        byte[] rgb = await ReferenceMatte.RgbAsync(clip, matrix, width, height);
        using var reference = new ReferenceMatte(SharedData.RvmModel);
        double sum = 0;
        int pixels = width * height;
        for (int frame = 0; frame < rgb.Length / (3 * pixels); frame++)
        {
            if (shots.Contains(frame))
                reference.Reset();
            float[] expected = reference.Next(rgb.AsSpan(frame * 3 * pixels, 3 * pixels), width, height);
            ReadOnlySpan<ushort> actual = MemoryMarshal.Cast<byte, ushort>(matte.AsSpan(frame * 2 * pixels, 2 * pixels));
            for (int i = 0; i < pixels; i++)
                sum += Math.Abs((actual[i] / 65535.0) - expected[i]);
        }

        double mean = sum / (rgb.Length / 3.0);
        Assert.True(mean < MatteTolerance, string.Create(CultureInfo.InvariantCulture, $"mean difference {mean * 255:0.0000}/255"));
    }

    /// <summary>The alpha plane of the ProRes file is the 16-bit matte rounded to 10 bits, in every pixel.</summary>
    private static async Task AssertFileAlphaAsync(string file, byte[] matte)
    {
        byte[] stored = await RealFfmpeg.RunAsync("-i", file, "-map", "0:v:0", "-fps_mode", "passthrough", "-vf", "extractplanes=a", "-pix_fmt", "gray12le", "-f", "rawvideo", "pipe:1");
        Assert.Equal(matte.Length, stored.Length);
        ReadOnlySpan<ushort> a = MemoryMarshal.Cast<byte, ushort>(stored.AsSpan()), m = MemoryMarshal.Cast<byte, ushort>(matte.AsSpan());
        int wrong = 0;
        for (int i = 0; i < a.Length; i++)
            wrong += a[i] >> 2 == ((m[i] * 1023) + 32767) / 65535 ? 0 : 1;
        Assert.Equal(0, wrong);
    }

    private static async Task AssertSoundAsync(string clip, string file, JsonElement result)
    {
        string codec = (await RealFfmpeg.ProbeAsync("-select_streams", "a", "-show_entries", "stream=codec_name", "-of", "csv=p=0", clip)).Trim();
        if (codec.Length == 0)
            return;
        string[] warnings = [.. result.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()!)];
        if (codec.Contains("vorbis", StringComparison.Ordinal))
        {
            // No .mov holds Vorbis: it is encoded and said.
            Assert.Contains("audio-encoded", warnings);
            return;
        }

        Assert.DoesNotContain("audio-encoded", warnings);
        Assert.Equal(await HashAsync(clip), await HashAsync(file));
    }

    private static async Task<string> HashAsync(string file) => System.Text.Encoding.ASCII.GetString(
        await RealFfmpeg.RunAsync("-i", file, "-map", "0:a", "-c", "copy", "-f", "streamhash", "pipe:1")).Trim();

    private static async Task AssertTimesAsync(string clip, string file)
    {
        double[] expected = await TimesAsync(clip), actual = await TimesAsync(file);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5); // ffprobe prints microseconds
    }

    private static async Task<double[]> TimesAsync(string file)
    {
        string text = await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-show_entries", "frame=pts_time", "-of", "csv=p=0", file);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => double.Parse(l.Trim().TrimEnd(','), CultureInfo.InvariantCulture))];
    }

    /// <summary>Into FFV1 with the source's picture: the three planes are the source's, bit for bit. They do not depend on where the matte comes
    /// from: in the suite a still one is given, and a few frames are looked at.</summary>
    private static async Task AssertPictureAsync(string clip, TempFolder folder, bool inferTwice)
    {
        string[] matte = inferTwice ? ["--model", SharedData.RvmModel, "--warmup", "0", "--smoothing", "off"] : ["--alpha-in", folder["white.png"]];
        if (!inferTwice)
        {
            await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=white:s=64x64", "-frames:v", "1", "-pix_fmt", "gray", folder["white.png"]);
            string few = folder["few" + Path.GetExtension(clip)];
            await RealFfmpeg.RunAsync("-i", clip, "-map", "0:v:0", "-c", "copy", "-frames:v", PictureFrames.ToString(CultureInfo.InvariantCulture), few);
            clip = few;
        }

        CliRun run = await CliRun.OfAsync(["matte", clip, .. matte,
            "--foreground", "source", "--preset", "ffv1", "-o", folder["x.mkv"], "--json"]);
        Assert.True(run.Exit == 0, run.Err);
        Assert.Contains("foreground-is-source", run.Out, StringComparison.Ordinal);
        Assert.Equal(await PlanesAsync(clip), await PlanesAsync(folder["x.mkv"]));
    }

    /// <summary>The hash of each plane of each frame, in order.</summary>
    private static async Task<string> PlanesAsync(string file)
    {
        string text = System.Text.Encoding.ASCII.GetString(await RealFfmpeg.RunAsync(
            "-i", file, "-fps_mode", "passthrough", "-filter_complex", "[0:v:0]extractplanes=y+u+v[y][u][v]", "-map", "[y]", "-map", "[u]", "-map", "[v]", "-f", "framemd5", "pipe:1"));
        string[] hashes = [.. text.Split('\n').Where(l => l.Length > 0 && !l.StartsWith('#')).Select(l => l.Split(',') is { } f ? $"{f[0].Trim()} {f[^1].Trim()}" : l)];
        Assert.Equal(3, hashes.Select(h => h[0]).Distinct().Count());
        return string.Join('\n', hashes.OrderBy(h => h[0]));
    }

    private static async Task<string> MatrixAsync(string clip, int height)
    {
        string tag = (await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-show_entries", "stream=color_space", "-of", "csv=p=0", clip)).Trim().TrimEnd(',');
        return tag switch
        {
            "bt709" => "bt709",
            "smpte170m" or "bt470bg" => "smpte170m",
            "bt2020nc" => "bt2020",
            _ => height >= 720 ? "bt709" : "smpte170m",
        };
    }
}
