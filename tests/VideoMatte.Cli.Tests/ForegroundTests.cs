using System.Globalization;
using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>The foreground's colour in files, decoded again by the real ffmpeg.</summary>
public sealed class ForegroundTests
{
    private const string Clip = "06-webcam-head-300p.mp4";

    private const int Width = 400, Height = 300, Frames = 6;

    /// <summary>DESIGN, "Outside the matte".</summary>
    private const int Reach = 16;

    /// <summary>The foreground alone is a picture without alpha, the same as the cutout's, in a pass with it; sound stays away from it.</summary>
    [SharedTheory]
    [InlineData("model", "ffv1")]
    [InlineData("estimate", "ffv1")]
    public async Task ForegroundOut_BesideTheCutout_IsItsPicture(string mode, string preset)
    {
        using var folder = new TempFolder();
        await MatteAsync(folder, "--foreground", mode, "--preset", preset, "-o", folder["x.mkv"], "--foreground-out", folder["f.mkv"]);
        Assert.Equal("yuv420p", await FormatAsync(folder["f.mkv"]));
        foreach (string plane in (string[])["y", "u", "v"])
            Assert.Equal(await PlaneAsync(folder["x.mkv"], plane), await PlaneAsync(folder["f.mkv"], plane));
        Assert.Equal(string.Empty, (await RealFfmpeg.ProbeAsync("-select_streams", "a", "-show_entries", "stream=index", "-of", "csv=p=0", folder["f.mkv"])).Trim());
    }

    /// <summary>Premultiplied or composed, the foreground alone stays straight and in the source's format.</summary>
    [SharedTheory]
    [InlineData("x.mov", "f.mkv", "--alpha", "premultiplied")]
    [InlineData("x.mp4", "f.mkv", "--background", "#00ff00")]
    public async Task ForegroundOut_BesideAnotherPicture_IsStraight(string main, string second, params string[] more)
    {
        using var folder = new TempFolder();
        await MatteAsync(folder, [.. more, "-o", folder[main], "--foreground-out", folder[second]]);
        await MatteAsync(folder, "-o", folder["plain.mkv"]);
        foreach (string plane in (string[])["y", "u", "v"])
            Assert.Equal(await PlaneAsync(folder["plain.mkv"], plane), await PlaneAsync(folder[second], plane));
    }

    [SharedTheory]
    [InlineData("f.mov", "yuv444p10le", 1)]
    [InlineData("f.mp4", "yuv420p", 1)]
    [InlineData("f_%02d.png", "rgb24", Frames)]
    public async Task ForegroundOut_ByExtension_IsThatKind(string name, string format, int files)
    {
        using var folder = new TempFolder();
        await MatteAsync(folder, "--foreground-out", folder[name]);
        string first = folder[name.Replace("%02d", "01", StringComparison.Ordinal)];
        Assert.Equal(format, (await FormatAsync(first)).Replace("yuv444p12le", "yuv444p10le", StringComparison.Ordinal));
        Assert.Equal(files, Directory.GetFiles(folder.Path, "f*").Length);
    }

    [SharedTheory]
    [InlineData(null, "model")]
    [InlineData("model", "model")]
    [InlineData("estimate", "estimate")]
    [InlineData("source", "source")]
    public async Task Foreground_InThePlan_SaysWhatIsDone(string? asked, string settled)
    {
        using var folder = new TempFolder();
        CliRun run = await CliRun.OfAsync(["matte", SharedData.Clips(Clip), "--model", SharedData.RvmModel, "-o", folder["x.mov"], "--dry-run",
            .. asked is null ? (string[])[] : ["--foreground", asked]]);
        Assert.True(run.Exit == 0, run.Err);
        JsonElement plan = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(settled, plan.GetProperty("foreground").GetString());
        string[] stages = [.. plan.GetProperty("stages").EnumerateArray().Select(s => s.GetString()!)];
        Assert.Equal(settled == "estimate", stages.Contains("estimate"));
        Assert.Equal(settled != "source", stages.Contains("foreground"));
        Assert.Equal(settled != "source", stages.Contains("despill"));
    }

    [Theory]
    [InlineData("--foreground", "guess")]
    [InlineData("--despill", "gray")]
    [InlineData("--despill", "on")]
    [InlineData("--foreground", "source", "--despill", "green")]
    [InlineData("--foreground", "source", "--foreground-out", "f.mkv")]
    [InlineData("--foreground-out", "f.txt")]
    [InlineData("--foreground-out", "FOLDER/x.mov")]
    public async Task Foreground_Contradiction_Exits2WithOneSentence(params string[] more)
    {
        using var folder = new TempFolder();
        CliRun run = await CliRun.OfAsync(["matte", Path.Combine(SharedData.RepositoryRoot, "clips", "dancer.mp4"), "--model", "plate", "-o", folder["x.mov"],
            .. more.Select(m => m.Replace("FOLDER", folder.Path, StringComparison.Ordinal))]);
        Assert.Equal(2, run.Exit);
        Assert.NotEmpty(run.Sentence);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    /// <summary>No sample farther than 16 px from the matte differs from the constant: the room is not in the file.</summary>
    [SharedTheory]
    [InlineData("model")]
    [InlineData("estimate")]
    public async Task Outside_FartherThanTheReach_IsTheConstant(string mode)
    {
        using var folder = new TempFolder();
        await MatteAsync(folder, "--foreground", mode, "-o", folder["x.mkv"]);
        byte[] raw = await RealFfmpeg.RunAsync("-i", folder["x.mkv"], "-frames:v", "2", "-pix_fmt", "yuva420p", "-f", "rawvideo", "pipe:1");
        const int luma = Width * Height, frame = (2 * luma) + (luma / 2);
        Assert.Equal(2 * frame, raw.Length);
        int far = 0, painted = 0;
        for (int at = 0; at < raw.Length; at += frame)
        {
            ReadOnlySpan<byte> planes = raw.AsSpan(at, frame);
            bool[] near = Near(planes[^luma..]);
            for (int y = 0; y < Height; y++)
            {
                for (int x = 0; x < Width; x++)
                {
                    int i = (y * Width) + x, chroma = (y / 2 * (Width / 2)) + (x / 2);
                    if (near[i])
                    {
                        painted += planes[i] != 16 && planes[frame - luma + i] == 0 ? 1 : 0;
                        continue;
                    }

                    far++;
                    Assert.Equal(16, planes[i]);
                    if (AllFar(near, x & ~1, y & ~1))
                        Assert.Equal((128, 128), (planes[luma + chroma], planes[luma + (luma / 4) + chroma]));
                }
            }
        }

        Assert.True(far > 20000 && painted > 2000, $"{far} far, {painted} painted outside");
    }

    private static bool AllFar(bool[] near, int x, int y) =>
        !near[(y * Width) + x] && !near[(y * Width) + x + 1] && !near[((y + 1) * Width) + x] && !near[((y + 1) * Width) + x + 1];

    private static bool[] Near(ReadOnlySpan<byte> alpha)
    {
        var near = new bool[Width * Height];
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
                if (alpha[(y * Width) + x] > 0)
                    for (int dy = -Reach; dy <= Reach; dy++)
                    {
                        if (y + dy < 0 || y + dy >= Height)
                            continue;
                        int half = (int)Math.Sqrt((Reach * Reach) - (dy * dy));
                        near.AsSpan(((y + dy) * Width) + Math.Max(x - half, 0), Math.Min(x + half, Width - 1) - Math.Max(x - half, 0) + 1).Fill(true);
                    }

        return near;
    }

    private static async Task MatteAsync(TempFolder folder, params string[] more)
    {
        string clip = folder["in.mp4"];
        if (!File.Exists(clip))
            await RealFfmpeg.RunAsync("-i", SharedData.Clips(Clip), "-frames:v", Frames.ToString(CultureInfo.InvariantCulture), "-c", "copy", clip);
        CliRun run = await CliRun.OfAsync(["matte", clip, "--model", SharedData.RvmModel, "--warmup", "0", .. more, "--overwrite"]);
        Assert.True(run.Exit == 0, run.Err);
    }

    private static async Task<string> FormatAsync(string file) =>
        (await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-show_entries", "stream=pix_fmt", "-of", "csv=p=0", file)).Trim().TrimEnd(',');

    private static async Task<string> PlaneAsync(string file, string plane)
    {
        string text = System.Text.Encoding.ASCII.GetString(await RealFfmpeg.RunAsync(
            "-i", file, "-map", "0:v:0", "-fps_mode", "passthrough", "-vf", $"extractplanes={plane}", "-f", "framemd5", "pipe:1"));
        return string.Join('\n', text.Split('\n').Where(l => !l.StartsWith('#')).Select(l => l.Split(',')[^1].Trim()));
    }
}
