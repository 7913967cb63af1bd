using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>An option that would change nothing in what is written is refused, and those that do act are not.</summary>
public sealed class NoEffectTests
{
    [Theory]
    [InlineData("no-effect", "--alpha-out", "m.mkv", "--preset", "ffv1")]
    [InlineData("no-effect", "--alpha-out", "m.mkv", "--alpha", "straight")]
    [InlineData("no-effect", "--alpha-out", "m.mkv", "--background", "red")]
    [InlineData("no-effect", "--alpha-out", "m.mkv", "--audio", "copy")]
    [InlineData("no-effect", "--alpha-out", "m.mkv", "--foreground", "estimate")]
    [InlineData("no-effect", "--alpha-out", "m.mkv", "--despill", "off")]
    [InlineData("no-effect", "-o", "x.mp4", "--alpha-out", "m.mkv", "--alpha", "straight")]
    [InlineData("no-effect", "-o", "x.mov", "--smoothing", "off", "--smoothing-strength", "0.3")]
    [InlineData("no-effect", "-o", "x.mov", "--smoothing", "off", "--smoothing-window", "2+2")]
    [InlineData("no-effect", "-o", "x.mov", "--smoothing", "average", "--smoothing-window", "2+2")]
    [InlineData("no-effect", "-o", "x.mov", "--smoothing-strength", "0", "--smoothing-window", "2+2")]
    [InlineData("no-effect", "-o", "x.mov", "--alpha-in", "m.mkv", "--provider", "cpu")]
    [InlineData("no-effect", "-o", "x.mov", "--alpha-in", "m.mkv", "--threads", "2")]
    [InlineData("no-effect", "-o", "x.mov", "--alpha-in", "m.mkv", "--warmup", "8")]
    [InlineData("no-effect", "-o", "x.mov", "--preview", "4", "--dry-run")]
    [InlineData("alpha-of-a-composite", "-o", "x.mov", "--background", "red", "--alpha", "straight")]
    [InlineData("despill-of-the-source", "-o", "x.mov", "--foreground", "source", "--despill", "green")]
    [InlineData("foreground-out", "-o", "x.mov", "--foreground", "source", "--foreground-out", "f.mov")]
    [InlineData("exr-transfer", "-o", "x.mov", "--exr-transfer", "linear")]
    [InlineData("exr-transfer", "--alpha-out", "m.mkv", "--exr-transfer", "source")]
    [InlineData("start-number", "--alpha-out", "m.mkv", "--start-number", "7")]
    [InlineData("start-number", "-o", "x.mov", "--foreground-out", "f.mov", "--start-number", "source")]
    public async Task Matte_AnOptionWithoutEffect_Exits2(string code, params string[] more)
    {
        CliRun run = await CliRun.OfAsync(["matte", "in.mp4", "--json", .. more]);
        Assert.Equal(2, run.Exit);
        Assert.Equal(code, JsonDocument.Parse(run.Out).RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.Single(run.Err.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Beside a clip the numbers and the transfer are the sequence's.</summary>
    [Fact]
    public async Task Matte_SequenceOptionsBesideAClip_AreTheSequences()
    {
        using var folder = new TempFolder();
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=gray:s=32x32:r=25", "-frames:v", "2", "-c:v", "ffv1", "-pix_fmt", "gbrp", folder["in.mkv"]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=white:s=32x32", "-frames:v", "1", "-pix_fmt", "gray", folder["all.png"]);
        CliRun run = await CliRun.OfAsync(["matte", folder["in.mkv"], "--alpha-in", folder["all.png"], "-o", folder["x.mov"], "--foreground-out", folder["f.%03d.exr"], "--exr-transfer", "source",
            "--start-number", "7", "--despill", "off"]);
        Assert.True(run.Exit == 0, run.Err);
        Assert.Equal(["f.007.exr", "f.008.exr"], Directory.EnumerateFiles(folder.Path, "*.exr").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        byte[] pixels = await RealFfmpeg.RunAsync("-i", folder["f.007.exr"], "-pix_fmt", "gbrpf32le", "-f", "rawvideo", "pipe:1");
        // ffmpeg's gray is 0x80; linear light would be 0.2159.
        Assert.Equal(128 / 255.0, BitConverter.ToSingle(pixels, 0), 0.001);
    }

    /// <summary>An EXR sequence at another rate holds each frame as often as it lasts, numbered and timed so.</summary>
    [Fact]
    public async Task Matte_AnExrSequenceAtAnotherRate_RepeatsItsFrames()
    {
        using var folder = new TempFolder();
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=32x32:r=12", "-frames:v", "3", "-c:v", "libx264", "-bf", "0", "-pix_fmt", "yuv420p", "-timecode", "01:00:00:00", folder["in.mov"]);
        CliRun run = await CliRun.OfAsync(["matte", folder["in.mov"], "--alpha-in", await FullMatte.InAsync(folder), "-o", folder["f.%d.exr"], "--rate", "24", "--start-number", "source"]);
        Assert.True(run.Exit == 0, run.Err);
        Assert.Equal(Enumerable.Range(86400, 6).Select(n => FormattableString.Invariant($"f.{n}.exr")), Directory.EnumerateFiles(folder.Path, "*.exr").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.Equal(await File.ReadAllBytesAsync(folder["f.86400.exr"]), Masked(await File.ReadAllBytesAsync(folder["f.86401.exr"]), await File.ReadAllBytesAsync(folder["f.86400.exr"])));
        CliRun part = await CliRun.OfAsync(["matte", folder["in.mov"], "--alpha-in", await FullMatte.InAsync(folder), "-o", folder["p.%d.exr"], "--start", "0.08", "--start-number", "source"]);
        Assert.True(part.Exit == 0, part.Err);
        Assert.Equal(["p.43201.exr", "p.43202.exr"], Directory.EnumerateFiles(folder.Path, "p.*.exr").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    /// <summary>The second file with the first one's timecode, in which alone they may differ: one byte, a frame's digit.</summary>
    private static byte[] Masked(byte[] second, byte[] first)
    {
        Assert.Equal(first.Length, second.Length);
        int at = Assert.Single(Enumerable.Range(0, first.Length), i => first[i] != second[i]);
        Assert.Equal(first[at] + 1, second[at]);
        second[at] = first[at];
        return second;
    }
}
