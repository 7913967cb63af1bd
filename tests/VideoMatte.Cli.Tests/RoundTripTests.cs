using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Cli.Tests;

/// <summary>Sources made by ffmpeg, through every preset there is, decoded again by ffmpeg: frames, times, flash and click, sound, chapters,
/// subtitles, tags, samples.</summary>
public sealed class RoundTripTests(ITestOutputHelper output)
{
    /// <summary>Noise of any of the codecs at their settings on these pictures stays above; another frame, matrix or range falls below.</summary>
    private const double LeastPsnr = 30;

    /// <summary>DESIGN section 4, promise 3.</summary>
    private const int MostDifference = 1;

    /// <summary>Containers keep chapters in milliseconds.</summary>
    private const double ChapterTolerance = 0.0011;

    /// <summary>Two times rounded to milliseconds, seconds.</summary>
    private const double MostDrift = 0.0015;

    private static readonly Rational Millisecond = new(1, 1000);

    private static readonly RoundTripSource Everything = new("variable.mov", "30", "4500+N*3003+mod(N*7\\,5)*311") { Timecode = "01:00:59:20" };

    public static TheoryData<string> AllPresets => [.. Presets.All.Select(p => p.Id)];

    /// <summary>One source with everything in it, into each preset.</summary>
    [Theory]
    [MemberData(nameof(AllPresets))]
    public Task Matte_OfASourceWithEverything_KeepsItAll(string preset) => ProveAsync(Presets.All.Single(p => p.Id == preset), Everything);

    /// <summary>The full cross product.</summary>
    [Theory]
    [MemberData(nameof(Product))]
    [Trait("Category", TestCategory.Long)]
    public Task Matte_OfAnySource_KeepsItAll(string preset, string source) =>
        ProveAsync(Presets.All.Single(p => p.Id == preset), Sources.Single(s => s.Name == source));

    public static TheoryData<string, string> Product()
    {
        var product = new TheoryData<string, string>();
        foreach (Preset preset in Presets.All)
            foreach (RoundTripSource source in Sources)
                product.Add(preset.Id, source.Name);
        return product;
    }

    private static readonly string[] Lossless = ["-c:v", "ffv1", "-level", "3"];

    private static readonly RoundTripSource[] Sources =
    [
        new("ms.mkv", "30", "120+N*37+mod(N*7\\,5)*4", "1/1000"),
        new("tick90000.mp4", "30", "N*3003+mod(N*7\\,5)*311") { Sound = ["aac", "ac3"] },
        new("film24000.mov", "24000/1001", "1001*(3*N+mod(N\\,3))", "1/24000"),
        new("r23976.mp4", "24000/1001") { Sound = ["aac", "aac"] },
        new("r2997.mov", "30000/1001") { Timecode = "00:59:59;28" },
        new("r50.mkv", "50") { Sound = ["libopus", "flac"] },
        new("r5994.mov", "60000/1001"),
        new("turned90.mp4") { Rotation = 90, Sound = ["aac", "aac"] },
        new("turned180.mp4") { Rotation = 180, Sound = ["aac", "aac"] },
        new("turned270.mp4") { Rotation = 270, Sound = ["aac", "aac"] },
        new("bt601.mkv") { Matrix = "bt601", Codec = Lossless },
        new("bt709full.mkv") { FullRange = true, Codec = Lossless },
        new("bt2020ten.mkv") { Matrix = "bt2020", Pixels = "yuv422p10le", Codec = Lossless },
        new("bt2020tenfull.mkv") { Matrix = "bt2020", Pixels = "yuv420p10le", FullRange = true, Codec = Lossless },
        new("bt709twelve.mkv") { Pixels = "yuv444p12le", Codec = Lossless },
        new("bt601full.mkv") { Matrix = "bt601", Pixels = "yuv444p", FullRange = true, Codec = Lossless },
        new("one.mp4") { Frames = 1, Sides = false },
        new("slow.mp4", "1") { Frames = 9, Sides = false },
        new("quick.mp4", "120") { Frames = 30, Sound = ["aac", "aac"] },
    ];

    private async Task ProveAsync(Preset preset, RoundTripSource source)
    {
        using var folder = new TempFolder();
        string clip = await source.MakeAsync(folder), target = folder[preset.Container == MediaContainer.Images ? "f_%04d" + preset.Extension : "x" + preset.Extension];
        bool images = preset.Container == MediaContainer.Images;
        CliRun run = await CliRun.OfAsync(["matte", clip, "--model", "plate", "--preset", preset.Id, "--foreground", "source", "--audio", images ? "none" : "auto",
            "--smoothing", "off", "-o", target, "--alpha-out", folder["a.mkv"], "--json", "--lenient",
            // Codes can be compared with the source's; linear light has tests of its own.
            .. preset == Presets.Exr ? (string[])["--exr-transfer", "source", "--alpha", "straight", "--start-number", "1"] : []]);
        if (preset == Presets.HevcAlpha && run.Exit == 6)
        {
            // Few ffmpegs can write it; one that cannot is told, and nothing is left.
            Assert.Contains("cannot write HEVC with alpha", run.Err, StringComparison.Ordinal);
            Assert.False(File.Exists(target));
            return;
        }

        Assert.True(run.Exit == 0, run.Err);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        IReadOnlyList<FrameMd5> frames = await FrameMd5.OfAsync(clip, null);
        Assert.Equal((frames.Count, frames.Count), (result.GetProperty("framesIn").GetInt32(), result.GetProperty("framesOut").GetInt32()));
        if (images)
        {
            Assert.Equal(frames.Count, Directory.GetFiles(folder.Path, "f_*" + preset.Extension).Length);
        }
        else
        {
            await AssertTimesAsync(preset, frames, target);
            await AssertLastFrameAsync(preset, frames, target);
        }

        if (source.Sides && !images)
        {
            await AssertFlashAndClickAsync(preset, clip, target, frames);
            await AssertSoundAsync(clip, target);
            await AssertChaptersAsync(clip, target);
            await AssertSubtitlesAsync(target);
        }

        if (source.Timecode is not null && preset.Container is MediaContainer.Mov or MediaContainer.Matroska)
            Assert.Equal(await TimecodeAsync(clip), await TimecodeAsync(target));
        await AssertPictureAsync(preset, source, clip, target, folder, frames.Count);
    }

    private static async Task AssertTimesAsync(Preset preset, IReadOnlyList<FrameMd5> frames, string file)
    {
        IReadOnlyList<Rational> found = await TimesAsync(file);
        bool milliseconds = preset.Container is MediaContainer.Matroska or MediaContainer.WebM;
        Assert.Equal(frames.Select(f => milliseconds ? Rational.FromTicks(f.Time.ToTicks(Millisecond), Millisecond) : f.Time), found);
    }

    /// <summary>The file is as long as its frames, the last one as long as the one before: hosts take the rate from it.</summary>
    private static async Task AssertLastFrameAsync(Preset preset, IReadOnlyList<FrameMd5> frames, string file)
    {
        if (preset.Container is not (MediaContainer.Mov or MediaContainer.Mp4) || frames.Count < 3)
            return;
        double duration = double.Parse(await EntryAsync(file, "duration"), CultureInfo.InvariantCulture);
        // An encoder that reorders frames sends another one last: its length is that of a frame of this clip, not of the one before.
        Rational shown = frames[^1].Time - frames[0].Time, mean = shown / new Rational(frames.Count - 1);
        double tolerance = preset.Container == MediaContainer.Mp4 ? mean.ToDouble() * 0.9 : 0.001;
        Assert.Equal((shown + (frames[^1].Time - frames[^2].Time)).ToDouble(), duration, tolerance);
    }

    private async Task AssertFlashAndClickAsync(Preset preset, string clip, string file, IReadOnlyList<FrameMd5> frames)
    {
        double half = (frames[^1].Time - frames[0].Time).ToDouble() / (frames.Count - 1) / 2;
        (double flash, double[] clicks) = await SyncAsync(preset, file);
        (double flashBefore, double[] clicksBefore) = await SyncAsync(null, clip);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{preset.Id}: flash {flash:F5} click {string.Join(' ', clicks.Select(c => c.ToString("F5", CultureInfo.InvariantCulture)))}"));
        Assert.Equal(frames[RoundTripSource.Flash].Time.ToDouble(), flash, 0.001);
        Assert.Equal(2, clicks.Length);
        for (int i = 0; i < clicks.Length; i++)
        {
            Assert.InRange(clicks[i] - flash, -half, half);
            Assert.InRange(clicks[i] - flash - (clicksBefore[i] - flashBefore), -MostDrift, MostDrift);
        }
    }

    /// <summary>When the whitest frame is shown, and when the click of each track is heard.</summary>
    private static async Task<(double Flash, double[] Clicks)> SyncAsync(Preset? preset, string file)
    {
        string[] decoder = preset?.Id == "vp9-alpha" ? ["-c:v", "libvpx-vp9"] : [];
        byte[] luma = await RealFfmpeg.RunAsync([.. decoder, "-i", file, "-map", "0:v:0", "-fps_mode", "passthrough", "-vf", "scale=8:8,format=gray", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1"]);
        IReadOnlyList<Rational> times = await TimesAsync(file);
        int brightest = Enumerable.Range(0, luma.Length / 64).MaxBy(i => luma.AsSpan(i * 64, 64).ToArray().Sum(v => v));
        List<double> clicks = [];
        for (int track = 0; track < 2; track++)
        {
            byte[] sound = await RealFfmpeg.RunAsync("-copyts", "-i", file, "-map", FormattableString.Invariant($"0:a:{track}"), "-af", "aresample=48000:async=1:first_pts=0", "-ac", "1", "-f", "f32le", "pipe:1");
            float[] samples = MemoryMarshal.Cast<byte, float>(sound.AsSpan()).ToArray();
            // The middle of its energy, less half of its two milliseconds.
            clicks.Add((samples.Select((s, i) => (double)s * s * i).Sum() / samples.Sum(s => (double)s * s) / 48000) - 0.001);
        }

        return (times[brightest].ToDouble(), [.. clicks]);
    }

    /// <summary>Where the container took the codec, packets are the source's.</summary>
    private static async Task AssertSoundAsync(string clip, string file)
    {
        string[] before = await HashesAsync(clip), after = await HashesAsync(file);
        string[] codecs = await CodecsAsync(clip), found = await CodecsAsync(file);
        Assert.Equal(codecs.Length, found.Length);
        for (int i = 0; i < codecs.Length; i++)
            if (codecs[i] == found[i])
                Assert.Equal(before[i], after[i]);
    }

    private static async Task<string[]> HashesAsync(string file) =>
        [.. Encoding.ASCII.GetString(await RealFfmpeg.RunAsync("-i", file, "-map", "0:a", "-c", "copy", "-f", "streamhash", "pipe:1"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')[1].Trim())];

    private static async Task<string[]> CodecsAsync(string file) =>
        (await RealFfmpeg.ProbeAsync("-select_streams", "a", "-show_entries", "stream=codec_name", "-of", "default=nk=1:nw=1", file)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static async Task AssertChaptersAsync(string clip, string file)
    {
        (string, double)[] before = await ChaptersAsync(clip), after = await ChaptersAsync(file);
        Assert.Equal(2, before.Length);
        Assert.Equal(before.Select(c => c.Item1), after.Select(c => c.Item1));
        for (int i = 0; i < before.Length; i++)
            Assert.Equal(before[i].Item2, after[i].Item2, ChapterTolerance);
    }

    private static async Task<(string Title, double Start)[]> ChaptersAsync(string file)
    {
        JsonElement root = JsonDocument.Parse(await RealFfmpeg.ProbeAsync("-show_chapters", "-of", "json", file)).RootElement;
        return [.. root.GetProperty("chapters").EnumerateArray().Select(c => (
            c.GetProperty("tags").GetProperty("title").GetString()!, double.Parse(c.GetProperty("start_time").GetString()!, CultureInfo.InvariantCulture)))];
    }

    private static async Task AssertSubtitlesAsync(string file)
    {
        string text = Encoding.UTF8.GetString(await RealFfmpeg.RunAsync("-i", file, "-map", "0:s:0", "-f", "srt", "pipe:1"));
        Assert.Contains("hello", text, StringComparison.Ordinal);
        Assert.Contains("world", text, StringComparison.Ordinal);
    }

    /// <summary>In ffv1 the source's own samples; elsewhere, for the presets whose encoder this test knows how to call by hand, at most one
    /// code from what ffmpeg makes of the same source with the same settings and the same alpha; for all, close to the source.</summary>
    private async Task AssertPictureAsync(Preset preset, RoundTripSource source, string clip, string file, TempFolder folder, int frames)
    {
        string pixels = source.Pixels == "yuv420p" && source.FullRange ? "yuvj420p" : source.Pixels;
        string range = source.FullRange ? "pc" : "tv", matrix = source.Matrix == "bt601" ? "smpte170m" : source.Matrix;
        byte[] wanted = await RawAsync(clip, pixels, null, range, matrix), found = await RawAsync(file, pixels, preset, range, matrix);
        Assert.Equal(wanted.Length, found.Length);
        double psnr = Psnr(wanted, found, source.Pixels);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{preset.Id} of {source.Name}: {psnr:F1} dB from the source"));
        if (preset == Presets.Ffv1)
            Assert.Equal(double.PositiveInfinity, psnr);
        else
            Assert.True(psnr > LeastPsnr, $"{psnr} dB");
        if (await RoundTripReference.MakeAsync(preset, source, clip, folder, frames) is not { } reference)
            return;
        string stored = preset == Presets.ProRes4444 ? "tv" : range;
        (byte[] ours, byte[] theirs) = (
            await RawAsync(file, reference.Pixels, preset, stored, matrix), await RawAsync(reference.File, reference.Pixels, preset, stored, matrix));
        int difference = MostOf(ours, theirs, reference.Pixels);
        double apart = Psnr(ours, theirs, reference.Pixels);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {apart:F1} dB and at most {difference} codes from ffmpeg's own"));
        Assert.InRange(difference, 0, MostDifference);
    }

    /// <summary>All samples of the picture in these pixels, brought to a range and, from RGB, a matrix; without alpha.</summary>
    private static Task<byte[]> RawAsync(string file, string pixels, Preset? preset, string range, string matrix) => RealFfmpeg.RunAsync(
        [.. preset?.Id == "vp9-alpha" ? (string[])["-c:v", "libvpx-vp9"] : [], "-i", file, "-map", "0:v:0", "-fps_mode", "passthrough",
            "-vf", $"scale=flags=bicubic+accurate_rnd+full_chroma_int:sws_dither=none:out_range={range}:out_color_matrix={matrix},format={pixels}",
            "-pix_fmt", pixels, "-f", "rawvideo", "pipe:1"]);

    private static int MostOf(byte[] a, byte[] b, string pixels)
    {
        Assert.Equal(a.Length, b.Length);
        int most = 0;
        if (!Deep(pixels))
        {
            for (int i = 0; i < a.Length; i++)
                most = Math.Max(most, Math.Abs(a[i] - b[i]));
            return most;
        }

        ReadOnlySpan<ushort> x = MemoryMarshal.Cast<byte, ushort>(a.AsSpan()), y = MemoryMarshal.Cast<byte, ushort>(b.AsSpan());
        for (int i = 0; i < x.Length; i++)
            most = Math.Max(most, Math.Abs(x[i] - y[i]));
        return most;
    }

    private static double Psnr(byte[] a, byte[] b, string pixels)
    {
        double sum = 0, full = pixels.Contains("12", StringComparison.Ordinal) ? 4095 : pixels.Contains("16", StringComparison.Ordinal) ? 65535 : Deep(pixels) ? 1023 : 255;
        ReadOnlySpan<ushort> x = MemoryMarshal.Cast<byte, ushort>(a.AsSpan()), y = MemoryMarshal.Cast<byte, ushort>(b.AsSpan());
        int count = Deep(pixels) ? x.Length : a.Length;
        for (int i = 0; i < count; i++)
        {
            double d = Deep(pixels) ? x[i] - y[i] : a[i] - b[i];
            sum += d * d;
        }

        return sum == 0 ? double.PositiveInfinity : 10 * Math.Log10(full * full / (sum / count));
    }

    private static bool Deep(string pixels) => pixels.EndsWith("le", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<Rational>> TimesAsync(string file)
    {
        Assert.True(Rational.TryParse(await EntryAsync(file, "time_base"), out Rational timeBase));
        string text = await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-show_entries", "packet=pts", "-of", "csv=p=0", file);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => long.Parse(l.Trim().TrimEnd(','), CultureInfo.InvariantCulture)).Order().Select(t => Rational.FromTicks(t, timeBase))];
    }

    private static async Task<string> TimecodeAsync(string file) => (await RealFfmpeg.ProbeAsync("-show_entries", "stream_tags=timecode", "-of", "csv=p=0", file))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0];

    private static async Task<string> EntryAsync(string file, string entry) =>
        (await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-show_entries", "stream=" + entry, "-of", "default=nk=1:nw=1", file)).Trim().Split('\n')[0];
}
