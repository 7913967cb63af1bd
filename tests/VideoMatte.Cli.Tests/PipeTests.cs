using System.Text.Json;
using VideoMatte.Media.Pipes;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>NUT through <c>-</c>: the same samples and times go in and come out, and nothing waits for ever.</summary>
public sealed class PipeTests : IDisposable
{
    private const int OddWidth = 51, OddHeight = 37, OddFrames = 8;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>What the next ffmpeg in the pipe is given: the picture's own samples, then the alpha, at the source's times.</summary>
    [Theory]
    [InlineData("yuv420p", "yuva420p", "yuv420p")]
    [InlineData("yuv422p10le", "yuva422p10le", "yuv422p10le")]
    [InlineData("yuv444p12le", "yuva444p12le", "yuv444p12le")]
    [InlineData("yuv420p12le", "yuva420p16le", "yuv420p12le", 4)]
    [InlineData("nv12", "yuva420p", "yuv420p")]
    [InlineData("uyvy422", "yuva422p", "yuv422p")]
    [InlineData("rgb24", "gbrap", "gbrp")]
    [InlineData("gbrp12le", "gbrap12le", "gbrp12le")]
    [InlineData("gray", "ya8", "gray")]
    public async Task Matte_ThroughPipes_GivesTheSameSamplesAtTheSameTimes(string sent, string given, string planes, int shift = 0)
    {
        // Odd in both directions, and at a rate that no millisecond holds.
        byte[] nut = await NutAsync(sent, $"s={OddWidth}x{OddHeight}:r=24000/1001:d=0.3");

        (CliRun run, byte[] written) = await MatteAsync(nut, "--foreground", "source");

        Assert.True(run.Exit == 0, run.Err);
        Assert.Empty(run.Out);
        await File.WriteAllBytesAsync(_folder["in.nut"], nut);
        await File.WriteAllBytesAsync(_folder["out.nut"], written);
        Assert.Equal(given, await EntryAsync("out.nut", "pix_fmt"));
        Assert.Equal(await PacketsAsync("in.nut", "v:0"), await PacketsAsync("out.nut", "v:0"));
        byte[] expected = await RealFfmpeg.RunAsync("-i", _folder["in.nut"], "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", planes, "pipe:1");
        Assert.Equal(expected, Pictures(await RealFfmpeg.RunAsync("-i", _folder["out.nut"], "-c", "copy", "-f", "rawvideo", "pipe:1"), expected.Length / OddFrames, given == "ya8", shift));
    }

    [Fact]
    public async Task Matte_PipedAlpha_IsTheMatteAtItsDepth()
    {
        byte[] nut = await NutAsync("yuv420p10le", "s=64x36:r=25:d=0.2");
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "nullsrc=s=64x36", "-vf", "format=gray16le,noise=alls=90:allf=t", "-frames:v", "5", "-pix_fmt", "gray16le", "-c:v", "ffv1", _folder["a.mkv"]);
        using MemoryStream output = new();
        CliRun run = await CliRun.OfAsync(["matte", "-", "--alpha-in", _folder["a.mkv"], "-o", "-"], streams: new StandardStreams(new MemoryStream(nut), output));
        Assert.True(run.Exit == 0, run.Err);
        await File.WriteAllBytesAsync(_folder["out.nut"], output.ToArray());
        ushort[] matte = await MatteRun.DecodeAsync(_folder["a.mkv"]);
        byte[] planes = await RealFfmpeg.RunAsync("-i", _folder["out.nut"], "-fps_mode", "passthrough", "-vf", "extractplanes=a", "-f", "rawvideo", "-pix_fmt", "gray10le", "pipe:1");
        Assert.Equal(matte.Length * 2, planes.Length);
        for (int i = 0; i < matte.Length; i++)
            Assert.Equal((int)Math.Round(matte[i] * 1023.0 / 65535), BitConverter.ToUInt16(planes, 2 * i));
    }

    [Fact]
    public async Task Matte_AFileIntoAPipe_CarriesItsSoundAndItsTimes()
    {
        // Sound from the beginning, the picture a third of a second later: an encoder's delay before 0 must not move it.
        await RealFfmpeg.RunAsync(
            "-f", "lavfi", "-i", "sine=r=48000:d=1", "-itsoffset", "0.32", "-f", "lavfi", "-i", "testsrc2=s=64x36:r=25:d=0.4", "-map", "1", "-map", "0",
            "-pix_fmt", "yuv420p", "-c:a", "aac", _folder["clip.mp4"]);
        using MemoryStream output = new();
        CliRun run = await CliRun.OfAsync(["matte", _folder["clip.mp4"], "--model", "plate", "-o", "-"], streams: new StandardStreams(null, output));
        Assert.True(run.Exit == 0, run.Err);
        await File.WriteAllBytesAsync(_folder["out.nut"], output.ToArray());
        string[] times = await PacketsAsync("out.nut", "v:0"), sound = await PacketsAsync("out.nut", "a:0"), source = await PacketsAsync("clip.mp4", "a:0");
        Assert.Equal(await PacketsAsync("clip.mp4", "v:0"), times);
        Assert.True(sound.Length > 40);
        Assert.Equal(source[^sound.Length..], sound);
    }

    [Theory]
    [InlineData(3, "pipe-empty", 0)]
    [InlineData(3, "pipe-damaged", 60)]
    [InlineData(3, "pipe-not-nut", -1)]
    [InlineData(3, "pipe-not-nut", 10)]
    public async Task Matte_StandardInputThatIsNoClip_Exits3(int exit, string code, int length)
    {
        byte[] nut = await NutAsync("yuv420p", "s=64x36:r=25:d=0.2");
        byte[] input = length < 0 ? "RIFF0000AVI and so on, and so on, and so on"u8.ToArray() : nut[..length];
        CliRun run = await CliRun.OfAsync(
            ["matte", "-", "--model", "plate", "-o", _folder["out.mkv"], "--json"], streams: new StandardStreams(new MemoryStream(input), null));
        Assert.Equal((exit, code), (run.Exit, JsonDocument.Parse(run.Out).RootElement.GetProperty("error").GetProperty("code").GetString()));
        Assert.NotEmpty(run.Sentence);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Matte_StandardInputCutMidway_MattesWhatCameAndExits7()
    {
        byte[] nut = await NutAsync("yuv420p", "s=64x36:r=25:d=2");
        CliRun run = await CliRun.OfAsync(
            ["matte", "-", "--model", "plate", "-o", _folder["out.mkv"], "--json"], streams: new StandardStreams(new MemoryStream(nut[..(nut.Length / 2)]), null));
        Assert.True(run.Exit == 7, run.Err);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        Assert.Contains(result.GetProperty("warnings").EnumerateArray(), w => w.GetProperty("code").GetString() == "source-truncated");
        Assert.InRange(result.GetProperty("framesOut").GetInt32(), 20, 25);
    }

    [Fact]
    public async Task Matte_SoundInStandardInput_IsSaidToBeLeftOut()
    {
        await RealFfmpeg.RunAsync(
            "-f", "lavfi", "-i", "testsrc2=s=64x36:r=25:d=0.2", "-f", "lavfi", "-i", "sine=d=0.2", "-pix_fmt", "yuv420p", "-c:v", "rawvideo", "-c:a", "pcm_s16le", _folder["in.nut"]);
        CliRun run = await CliRun.OfAsync(
            ["matte", "-", "--model", "plate", "-o", _folder["out.mkv"], "--json"], streams: new StandardStreams(File.OpenRead(_folder["in.nut"]), null));
        Assert.True(run.Exit == 7, run.Err);
        Assert.Contains("audio-dropped", run.Out, StringComparison.Ordinal);
        Assert.Contains("\"framesOut\": 5", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("output-pipe", "in.mp4", "-o", "-", "--json")]
    [InlineData("output-pipe", "in.mp4", "-o", "-", "--preset", "ffv1")]
    [InlineData("pipe-terminal", "in.mp4", "-o", "-")]
    [InlineData("pipe-terminal", "-", "-o", "out.mov")]
    [InlineData("preview-pipe", "-", "--preview", "3", "-o", "sheet.png")]
    [InlineData("alpha-out", "in.mp4", "--alpha-out", "-")]
    [InlineData("output-pipe", "in.mp4", "-o", "x.mov", "--foreground-out", "-")]
    public async Task Matte_DashWhereItDoesNotGo_Exits2(string code, params string[] words)
    {
        CliRun run = await CliRun.OfAsync(["matte", "--model", "plate", .. words, "--json-out", _folder["r.json"]], streams: code == "pipe-terminal" ? null : new StandardStreams(Stream.Null, Stream.Null));
        Assert.Equal(2, run.Exit);
        Assert.NotEmpty(run.Sentence);
        if (File.Exists(_folder["r.json"]))
            Assert.Equal(code, JsonDocument.Parse(await File.ReadAllTextAsync(_folder["r.json"])).RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    private async Task<(CliRun Run, byte[] Written)> MatteAsync(byte[] nut, params string[] more)
    {
        using MemoryStream output = new();
        CliRun run = await CliRun.OfAsync(["matte", "-", "--alpha-in", await FullMatte.InAsync(_folder), "-o", "-", .. more], streams: new StandardStreams(new MemoryStream(nut), output));
        return (run, output.ToArray());
    }

    internal static Task<byte[]> NutAsync(string pixels, string source) =>
        RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=" + source, "-pix_fmt", pixels, "-c:v", "rawvideo", "-f", "nut", "pipe:1");

    private async Task<string> EntryAsync(string file, string entry) =>
        (await RealFfmpeg.ProbeAsync("-select_streams", "v:0", "-show_entries", "stream=" + entry, "-of", "default=nk=1:nw=1", _folder[file])).Trim();

    private async Task<string[]> PacketsAsync(string file, string stream) =>
        (await RealFfmpeg.ProbeAsync("-select_streams", stream, "-show_entries", "packet=pts_time", "-of", "csv=p=0", _folder[file]))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ToArray();

    /// <summary>Frames without the plane of alpha behind each.</summary>
    /// <param name="frames">As they lie in the stream.</param>
    /// <param name="picture">Bytes of a frame's picture.</param>
    /// <param name="pairs">Grey and alpha take turns.</param>
    /// <param name="shift">Bits that a sample lies higher than in the source.</param>
    private static byte[] Pictures(byte[] frames, int picture, bool pairs, int shift)
    {
        byte[] found = pairs
            ? [.. frames.Where((_, i) => i % 2 == 0)]
            : [.. frames.Chunk(frames.Length / OddFrames).SelectMany(f => f[..picture])];
        for (int i = 0; shift > 0 && i < found.Length; i += 2)
            BitConverter.TryWriteBytes(found.AsSpan(i), (ushort)(BitConverter.ToUInt16(found, i) >> shift));
        return found;
    }
}
