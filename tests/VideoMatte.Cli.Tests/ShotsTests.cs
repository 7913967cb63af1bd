using System.Globalization;
using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary><c>--shots FILE</c>, end to end: 20 frames at 10 a second, with a hard cut of colours at frame 12.</summary>
public sealed class ShotsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0\n4\n9\n", "start 0, list 4, list 9")]
    [InlineData("9\n4\n4", "start 0, list 4, list 9")]
    [InlineData("0.4\n00:00:00.94\n", "start 0, list 4, list 9")]
    [InlineData("00:00:00:04\n00:00:01:02", "start 0, list 4, list 12")]
    [InlineData("TITLE: X\n\n001 AX V C 00:00:00:00 00:00:00:05 01:00:00:00 01:00:00:05\n* NOTE\n002 AX V C 00:00:03:00 00:00:04:05 01:00:00:05 01:00:02:00\n", "start 0, list 5")]
    public async Task Matte_AListOfShots_BeginsThemThere(string list, string shots)
    {
        await ClipAsync("in.mkv");
        await File.WriteAllTextAsync(_folder["list.txt"], list);
        JsonElement result = await ResultAsync("--shots", _folder["list.txt"]);
        Assert.Equal(shots, Shots(result));
        Assert.DoesNotContain("shots-beyond", Codes(result));
    }

    [Fact]
    public async Task Matte_WithoutAList_LooksForTheCut()
    {
        await ClipAsync("in.mkv");
        Assert.Equal("start 0, cut 12", Shots(await ResultAsync()));
        Assert.Equal("start 0", Shots(await ResultAsync("--shots", "off")));
    }

    /// <summary>Numbers, times and events are the source's: the same list goes for every part of it, and for another rate.</summary>
    [Theory]
    [InlineData("start 0, list 1, list 6", "--start", "0.3")]
    [InlineData("start 0, list 1", "--start", "0.3", "--end", "0.8")]
    [InlineData("start 0", "--start", "0.5", "--frames", "2")]
    [InlineData("start 0, list 8, list 18", "--rate", "20")]
    [InlineData("start 0, list 2, list 5", "--rate", "5")]
    public async Task Matte_AListAndAPart_CountInTheSource(string shots, params string[] part)
    {
        await ClipAsync("in.mkv");
        await File.WriteAllTextAsync(_folder["list.txt"], "4\n9\n");
        JsonElement result = await ResultAsync(["--shots", _folder["list.txt"], .. part]);
        Assert.Equal(shots, Shots(result));
        Assert.DoesNotContain("shots-beyond", Codes(result));
    }

    /// <summary>Ten frames are missing behind the second one, so that the average rate tells nothing of any frame's time. B-frames too, whose packets
    /// come in another order.</summary>
    [Theory]
    [InlineData("ffv1", "start 0, list 4, list 9")]
    [InlineData("ffv1", "start 0, list 4, list 9", "--frames", "15")]
    [InlineData("ffv1", "start 0, list 4, list 9", "--end", "2.5")]
    [InlineData("ffv1", "start 0, list 4, list 9", "--start", "0")]
    [InlineData("ffv1", "start 0, list 1, list 6", "--start", "1.3")]
    [InlineData("libx264", "start 0, list 1, list 6", "--start", "1.3")]
    [InlineData("ffv1", "start 0, list 14, list 19", "--rate", "10")]
    [InlineData("libx264", "start 0, list 28, list 38", "--rate", "20")]
    public async Task Matte_AListOfAnUnevenClip_CountsItsFrames(string encoder, string shots, params string[] part)
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=64x48:r=10", "-vf", "trim=end_frame=30,select='not(between(n,2,11))'", "-fps_mode", "passthrough",
            "-c:v", encoder, "-pix_fmt", "yuv420p", _folder["in.mkv"]);
        await File.WriteAllTextAsync(_folder["list.txt"], "4\n9\n");
        Assert.Equal(shots, Shots(await ResultAsync(["--shots", _folder["list.txt"], .. part])));
    }

    [Fact]
    public async Task Matte_AListBeyondTheEnd_IsAWarning()
    {
        await ClipAsync("in.mkv");
        await File.WriteAllTextAsync(_folder["list.txt"], "7\n20\n500.0\n");
        JsonElement result = await ResultAsync("--shots", _folder["list.txt"]);
        Assert.Equal("start 0, list 7", Shots(result));
        Assert.Contains("2 of the 3", Message(result, "shots-beyond"), StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[]> NoLists() => new()
    {
        { "is empty", [] },
        { "names no shot", "\n\n"u8.ToArray() },
        { "is no text", [0, 1, 2, 3] },
        { "is no text", [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 37))] },
        { "line 1", "it cuts at four"u8.ToArray() },
        { "line 2", "4\n\x1b[2J\n"u8.ToArray().Where(b => b != 0x1b).ToArray() },
        { "is the most", new byte[9 << 20] },
    };

    [Theory]
    [MemberData(nameof(NoLists))]
    public async Task Matte_WhatIsNoList_IsOneSentenceAndExit3(string said, byte[] file)
    {
        await ClipAsync("in.mkv");
        await File.WriteAllBytesAsync(_folder["list.txt"], file);
        await RefusedAsync(said, _folder["list.txt"]);
    }

    [Fact]
    public async Task Matte_AListThatIsNotThere_IsOneSentenceAndExit3()
    {
        await ClipAsync("in.mkv");
        await RefusedAsync("is not there", _folder["none.txt"]);
        await RefusedAsync("is not there", _folder.Path);
        if (!OperatingSystem.IsWindows())
            await RefusedAsync("is empty", "/dev/zero");
    }

    /// <summary>The list is read, not written over.</summary>
    [Fact]
    public async Task Matte_AnOutputInTheListsPlace_IsRefused()
    {
        await ClipAsync("in.mkv");
        await File.WriteAllTextAsync(_folder["list.mkv"], "4\n");
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", "plate", "--shots", _folder["list.mkv"], "--alpha-out", _folder["list.mkv"], "--overwrite"]);
        Assert.Equal(2, run.Exit);
        Assert.Equal("4\n", await File.ReadAllTextAsync(_folder["list.mkv"]));
    }

    [Fact]
    public async Task Matte_ADryRun_NamesTheList()
    {
        await ClipAsync("in.mkv");
        await File.WriteAllTextAsync(_folder["list.txt"], "4\n");
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", "plate", "--shots", _folder["list.txt"], "--dry-run"]);
        Assert.True(run.Exit == 0, run.Err);
        Assert.Equal(_folder["list.txt"], JsonDocument.Parse(run.Out).RootElement.GetProperty("shots").GetString());
    }

    private async Task RefusedAsync(string said, string list)
    {
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--model", "plate", "--shots", list, "--alpha-out", _folder["m.mkv"]]);
        Assert.Equal(3, run.Exit);
        Assert.Contains(said, run.Sentence, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["m.mkv"]));
    }

    private async Task<JsonElement> ResultAsync(params string[] more)
    {
        string matte = _folder[Guid.NewGuid().ToString("N") + ".mkv"];
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--alpha-in", await FullMatte.InAsync(_folder), "--alpha-out", matte, "--json", .. more]);
        Assert.True(run.Exit == 0, run.Err);
        return JsonDocument.Parse(run.Out).RootElement;
    }

    private static string Shots(JsonElement result) => string.Join(", ", result.GetProperty("shots").EnumerateArray()
        .Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.GetProperty("kind").GetString()} {s.GetProperty("start").GetInt64()}")));

    private static IEnumerable<string?> Codes(JsonElement result) => result.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString());

    private static string Message(JsonElement result, string code) => result.GetProperty("warnings").EnumerateArray()
        .Single(w => w.GetProperty("code").GetString() == code).GetProperty("message").GetString()!;

    private Task ClipAsync(string name) => RealFfmpeg.RunAsync(
        "-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=1.2", "-f", "lavfi", "-i", "mandelbrot=s=64x48:r=10", "-filter_complex", "[1]trim=end_frame=8[b];[0][b]concat=n=2:v=1", "-frames:v", "20",
        "-c:v", "ffv1", "-pix_fmt", "yuv420p", _folder[name]);
}
