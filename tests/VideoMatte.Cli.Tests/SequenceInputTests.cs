using System.Runtime.InteropServices;
using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>Folders and patterns of pictures as the user names them: in, out, and as mattes.</summary>
public sealed class SequenceInputTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("shots", "--rate", "23.976")]
    [InlineData("shots/f.####.png", "--rate", "24000/1001")]
    public async Task Matte_NumberedPictures_KeepEverySampleAndTheRate(string input, params string[] rate)
    {
        await MakeAsync("shots/f.%04d.png");
        CliRun run = await CliRun.OfAsync(["matte", _folder[input], "--model", "plate", "-o", _folder["out.mkv"], "--foreground", "source", "--json", .. rate]);
        Assert.True(run.Exit == 0, run.Err);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(("24000/1001", 12), (result.GetProperty("rate").GetString(), result.GetProperty("framesOut").GetInt32()));
        Assert.DoesNotContain("sequence-rate-assumed", run.Out, StringComparison.Ordinal);
        Assert.Equal(
            await RealFfmpeg.RunAsync("-i", _folder["shots/f.%04d.png"], "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"),
            await RealFfmpeg.RunAsync("-i", _folder["out.mkv"], "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"));
        Assert.Equal("24000/1001", (await RealFfmpeg.ProbeAsync("-show_entries", "stream=r_frame_rate", "-of", "default=nk=1:nw=1", _folder["out.mkv"])).Trim());
    }

    /// <summary>ffmpeg's reader of pictures would round these rates, and its times would not be those of the pictures.</summary>
    [Theory]
    [InlineData("2070000/46301")]
    [InlineData("33.333333", "--start", "0.15")]
    public async Task Matte_NumberedPicturesAtAVeryOddRate_KeepEachTime(string rate, params string[] more)
    {
        await MakeAsync("shots/f.%04d.png");
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=white:s=48x32", "-frames:v", "1", _folder["white.png"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["shots"], "--rate", rate, "--alpha-in", _folder["white.png"], "-o", _folder["out.mov"], "--json", .. more]);
        Assert.True(run.Exit == 0, run.Err);
        (int frames, int tick, int scale) = more.Length == 0 ? (12, 46301, 2070000) : (7, 1000000, 33333333);
        string[] times = (await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-show_entries", "packet=pts:stream=time_base", "-of", "default=nk=1:nw=1", _folder["out.mov"]))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal([.. Enumerable.Range(0, frames).Select(i => $"{i * tick}"), $"1/{scale}"], times);
    }

    [Fact]
    public async Task Matte_SequenceToSequence_KeepsCountNumbersAndSaysTheAssumedRate()
    {
        await MakeAsync("shots/f.%04d.png", first: 1017);
        Directory.CreateDirectory(_folder["out"]);
        CliRun run = await CliRun.OfAsync(
            ["matte", _folder["shots/"], "--model", "plate", "-o", _folder["out/%06d.png"], "--start-number", "source", "--start", "0.08", "--json"]);
        Assert.True(run.Exit == 0, run.Err);
        Assert.Contains("sequence-rate-assumed", run.Out, StringComparison.Ordinal);
        Assert.Equal(
            Enumerable.Range(1019, 10).Select(n => $"{n:D6}.png"), Directory.EnumerateFiles(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>Overwriting one's own source, by whatever numbers, is never meant.</summary>
    [Theory]
    [InlineData("shots/f.%04d.png")]
    [InlineData("shots/f.0003.png")]
    [InlineData("link/f.####.png")]
    public async Task Matte_OntoItsOwnPictures_Exits2AndTouchesNone(string output)
    {
        await MakeAsync("shots/f.%04d.png");
        Directory.CreateSymbolicLink(_folder["link"], _folder["shots"]);
        byte[] before = await File.ReadAllBytesAsync(_folder["shots/f.0003.png"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["shots"], "--model", "plate", "-o", _folder[output], "--overwrite", "--json"]);
        Assert.Equal((2, "output-is-input"), (run.Exit, CodeOf(run)));
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder["shots/f.0003.png"]));
        Assert.Equal(12, Directory.EnumerateFileSystemEntries(_folder["shots"]).Count());
    }

    [Theory]
    [InlineData(3, "sequence-gap", "f.0005.png")]
    [InlineData(3, "sequence-differs", "f.0005.png")]
    [InlineData(3, "sequence-frame-damaged", "f.0005.png")]
    [InlineData(2, "folder-ambiguous", "g.0001.png")]
    public async Task Matte_PicturesThatAreNoClip_ExitsNamingThePicture(int exit, string code, string named)
    {
        await MakeAsync("shots/f.%04d.png");
        string fifth = _folder["shots/f.0005.png"];
        byte[] bytes = await File.ReadAllBytesAsync(fifth);
        if (code == "sequence-gap")
            File.Delete(fifth);
        else if (code == "sequence-differs")
            await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=64x64", "-frames:v", "1", "-update", "1", fifth);
        else if (code == "folder-ambiguous")
            File.Copy(fifth, _folder["shots/g.0001.png"]);
        else
        {
            bytes[bytes.Length / 2] ^= 0xFF;
            await File.WriteAllBytesAsync(fifth, bytes);
        }

        CliRun run = await CliRun.OfAsync(["matte", _folder["shots"], "--model", "plate", "-o", _folder["out.mov"], "--json"]);
        Assert.Equal((exit, code), (run.Exit, CodeOf(run)));
        Assert.Contains(named, run.Sentence, StringComparison.Ordinal);
        Assert.Equal(["shots"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Matte_MattesAsPatterns_AreReadLikeClips()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=48x32:r=24000/1001", "-frames:v", "6", "-pix_fmt", "yuv420p", "-c:v", "ffv1", _folder["clip.mkv"]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "nullsrc=s=48x32", "-vf", "format=gray16le,noise=alls=90:allf=t", "-frames:v", "6", "-pix_fmt", "gray16be", _folder["a_%03d.png"]);
        Directory.CreateDirectory(_folder["mask"]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=white:s=48x32", "-vf", "drawbox=0:0:24:32:black:fill", "-frames:v", "6", "-pix_fmt", "gray", _folder["mask/%d.png"]);

        MatteRun run = await MatteRun.OfAsync(_folder, _folder["clip.mkv"], "--alpha-in", _folder["a_###.png"], "--exclude", _folder["mask"]);

        ushort[] given = MemoryMarshal.Cast<byte, ushort>(
            (await RealFfmpeg.RunAsync("-i", _folder["a_%03d.png"], "-f", "rawvideo", "-pix_fmt", "gray16le", "pipe:1")).AsSpan()).ToArray();
        Assert.Equal(6 * 48 * 32, run.Matte.Length);
        for (int i = 0; i < given.Length; i++)
            Assert.Equal(i % 48 < 24 ? given[i] : 0, run.Matte[i]);
        Assert.Equal(64, run.Result.GetProperty("model").GetProperty("sha256").GetString()!.Length);
    }

    /// <summary>The name of a folder or pattern is its own, not that of a file.</summary>
    [Fact]
    public async Task Matte_SeveralSequences_AreNamedAfterThemselves()
    {
        await MakeAsync("shots/f.%04d.png");
        await MakeAsync("more.%d.png");
        CliRun run = await CliRun.OfAsync(["matte", _folder["shots/"], _folder["more.%d.png"], "--alpha-in", await FullMatte.InAsync(_folder), "-o", _folder["{name}_cut.mkv"], "--frames", "2"]);
        Assert.True(run.Exit == 0, run.Err);
        Assert.Equal(["more_cut.mkv", "shots_cut.mkv"], Directory.EnumerateFiles(_folder.Path, "*.mkv").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static string? CodeOf(CliRun run) => JsonDocument.Parse(run.Out).RootElement.GetProperty("error").GetProperty("code").GetString();

    private async Task MakeAsync(string pattern, int first = 1)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[pattern])!);
        await RealFfmpeg.RunAsync(
            "-f", "lavfi", "-i", "testsrc2=s=48x32:r=25", "-vf", "noise=alls=20:allf=t+u", "-frames:v", "12", "-start_number", $"{first}", "-pix_fmt", "rgb24", _folder[pattern]);
    }
}
