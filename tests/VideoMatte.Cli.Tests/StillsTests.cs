using System.Globalization;
using System.Text.Json;
using VideoMatte.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Cli.Tests;

/// <summary>EXR, numbered pictures and the further presets, as the user asks for them.</summary>
public sealed class StillsTests(ITestOutputHelper log)
{
    [Theory]
    [InlineData("out.exr", "--exr-transfer", "log")]
    [InlineData("out_%04d.exr", "--start-number", "-1")]
    [InlineData("out_%04d.exr", "--start-number", "first")]
    [InlineData("out.mov", "--preset", "hevc-alpha", "--alpha", "straight")]
    [InlineData("out.mov", "--preset", "cineform", "--alpha", "premultiplied")]
    [InlineData("out.exr", "--preset", "qtrle")]
    public async Task Matte_AContradiction_Exits2(string output, params string[] more)
    {
        CliRun run = await CliRun.OfAsync(["matte", "in.mp4", "-o", output, .. more]);
        Assert.Equal(2, run.Exit);
        Assert.NotEmpty(run.Sentence);
    }

    [Theory]
    [InlineData("exr-transfer", "out.mov", "--exr-transfer", "source")]
    [InlineData("start-number", "out.mov", "--start-number", "5")]
    [InlineData("start-number", "out.exr", "--start-number", "source")]
    [InlineData("size-unsupported", "out.mov", "--preset", "cineform")]
    public async Task Matte_AnOptionTheOutputHasNoUseFor_Exits2AndWritesNothing(string code, string output, params string[] more)
    {
        using var folder = new TempFolder();
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=100x76:r=25:d=0.08", "-pix_fmt", "yuv420p", folder["in.mp4"]);
        CliRun run = await CliRun.OfAsync(["matte", folder["in.mp4"], "--model", "plate", "-o", folder[output], "--json", .. more]);
        Assert.Equal(2, run.Exit);
        Assert.Equal(code, JsonDocument.Parse(run.Out).RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(["in.mp4"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    /// <summary>The refusal names a size, and that size works: the shape on the screen stays, and so does the matte.</summary>
    [Fact]
    public async Task Matte_IntoCineFormAtTheSizeItsRefusalNames_Works()
    {
        using var folder = new TempFolder();
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=90x170:r=25:d=0.12", "-pix_fmt", "yuv420p", folder["in.mp4"]);
        string[] command = ["matte", folder["in.mp4"], "--model", "plate", "--preset", "cineform", "-o", folder["out.mov"]];
        CliRun refused = await CliRun.OfAsync(command);
        string size = System.Text.RegularExpressions.Regex.Match(refused.Sentence, "--size ([0-9]+x[0-9]+)").Groups[1].Value;
        Assert.Equal((2, "96x176"), (refused.Exit, size));
        CliRun run = await CliRun.OfAsync([.. command, "--size", size]);
        Assert.True(run.Exit == 0, run.Err);
        // 90:170 on the screen, by samples of (90/170) / (96/176).
        Assert.Equal("cfhd,96,176,165:170,3", (await RealFfmpeg.ProbeAsync(
            "-count_frames", "-select_streams", "v", "-show_entries", "stream=codec_name,width,height,sample_aspect_ratio,nb_read_frames", "-of", "csv=p=0", folder["out.mov"])).Trim().Replace("33:34", "165:170", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("####.exr", null, 1001)]
    [InlineData("%05d.exr", "7", 7)]
    [InlineData("####.png", null, 1)]
    [InlineData("%d.png", "source", 90000)]
    [InlineData("####.tif", "3", 3)]
    public async Task Matte_IntoASequence_NumbersItAsAsked(string pattern, string? start, int first)
    {
        using var folder = new TempFolder();
        await RealFfmpeg.RunAsync(
            "-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=0.12", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-timecode", "01:00:00:00", folder["in.mov"]);
        CliRun run = await CliRun.OfAsync(
            ["matte", folder["in.mov"], "--model", "plate", "-o", folder[pattern], "--audio", "none", .. start is null ? (string[])[] : ["--start-number", start]]);
        Assert.True(run.Exit == 0, run.Err);
        int digits = pattern.StartsWith('#') ? 4 : pattern.Contains("05", StringComparison.Ordinal) ? 5 : 1;
        Assert.Equal(
            Enumerable.Range(first, 3).Select(n => n.ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + pattern[^4..]),
            Directory.EnumerateFiles(folder.Path, "*" + pattern[^4..]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    /// <summary>The composite of the PNG, with what JPEG's quantiser leaves, and a warning of the bits that are gone.</summary>
    [Fact]
    public async Task Matte_IntoAJpeg_IsTheCompositeOfThePng()
    {
        using var folder = new TempFolder();
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=1280x720:r=25:d=0.04", "-vf", "scale=211:119:out_color_matrix=bt709,noise=alls=4", "-pix_fmt", "yuv420p10le", "-colorspace", "bt709", "-c:v", "ffv1", folder["in.mkv"]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=gray:s=211x119,geq=lum='clip(X*3-160,0,255)'", "-frames:v", "1", "-pix_fmt", "gray", folder["matte.png"]);
        byte[][] rgb = new byte[2][];
        foreach ((int i, string name) in ((int, string)[])[(0, "out.png"), (1, "out.JPEG")])
        {
            CliRun run = await CliRun.OfAsync(["matte", folder["in.mkv"], "--alpha-in", folder["matte.png"], "--background", "#3060a0", "-o", folder[name], "--audio", "none", "--json"]);
            Assert.True(run.Exit == 0, run.Err);
            Assert.Equal(i == 1, run.Out.Contains("depth-reduced", StringComparison.Ordinal));
            rgb[i] = await RealFfmpeg.RunAsync("-i", folder[name], "-vf", "scale=flags=bicubic+accurate_rnd+full_chroma_int:sws_dither=none", "-pix_fmt", "gbrp", "-f", "rawvideo", "pipe:1");
        }

        Assert.Equal(211 * 119 * 3, rgb[1].Length);
        Assert.True(rgb[0].Distinct().Count() > 100);
        double error = rgb[0].Zip(rgb[1], (a, b) => Math.Abs(a - b)).Average();
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mean error {error:F3} codes"));
        Assert.InRange(error, 0.01, 1.5);
        Assert.Equal("yuvj444p,pc", (await RealFfmpeg.ProbeAsync("-show_entries", "stream=pix_fmt,color_range", "-of", "csv=p=0", folder["out.JPEG"])).Trim());
    }
}
