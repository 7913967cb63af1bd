using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>Each kind of sound into each kind of file: copied where the container holds it, else encoded with a warning, and with
/// <c>--audio copy</c> said to be not what was asked.</summary>
public sealed class AudioMatrixTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>What becomes of a codec in .mov, .webm, .mkv, .mp4; the codec's own name means copied.</summary>
    public static TheoryData<string, string, string[]> Matrix => new()
    {
        { "aac", "in.mp4", ["aac", "opus", "aac", "aac"] },
        { "opus", "in.mkv", ["pcm_s16le", "opus", "opus", "opus"] },
        { "vorbis", "in.mkv", ["pcm_s16le", "vorbis", "vorbis", "aac"] },
        { "pcm_s16le", "in.mov", ["pcm_s16le", "opus", "pcm_s16le", "aac"] },
        { "flac", "in.mkv", ["pcm_s24le", "opus", "flac", "aac"] },
        { "ac3", "in.mkv", ["ac3", "opus", "ac3", "ac3"] },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Matte_OneKindOfSoundIntoEveryContainer_IsCopiedOrEncodedAndSaid(string codec, string name, string[] becomes)
    {
        string encoder = codec switch { "opus" => "libopus", "vorbis" => "libvorbis", _ => codec };
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=64x48:r=25", "-f", "lavfi", "-i", "sine=f=500:r=48000", "-t", "0.12", "-pix_fmt", "yuv420p", "-c:v", "libx264",
            "-preset", "ultrafast", "-c:a", encoder, _folder[name]);
        string[] outputs = [".mov", ".webm", ".mkv", ".mp4"];
        for (int i = 0; i < outputs.Length; i++)
        {
            string target = _folder["out" + outputs[i]];
            CliRun run = await CliRun.OfAsync(["matte", _folder[name], "--alpha-in", await FullMatte.InAsync(_folder), "-o", target, "--overwrite", "--json", "--audio", "copy",
                .. outputs[i] == ".mp4" ? (string[])["--background", "green"] : []]);
            string found = (await RealFfmpeg.ProbeAsync("-select_streams", "a", "-show_entries", "stream=codec_name", "-of", "default=nk=1:nw=1", target)).Trim();
            Assert.Equal(becomes[i], found);
            string[] warnings = [.. JsonDocument.Parse(run.Out).RootElement.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()!)];
            bool copied = becomes[i] == codec;
            Assert.Equal(!copied, warnings.Contains("audio-encoded"));
            Assert.Equal(copied ? 0 : 7, run.Exit);
            if (copied)
                Assert.Equal(await HashAsync(_folder[name]), await HashAsync(target));
        }
    }

    /// <summary>A cut without encoding keeps the packets before it and an edit list that hides them; Matroska has none, and would have them
    /// heard. One packet before time 0 stays, for the decoder.</summary>
    [Fact]
    public async Task Matte_SoundThatAnEditListHides_IsNotHeardInMatroska()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=64x48:r=25", "-f", "lavfi", "-i", "sine=f=500:r=48000", "-t", "0.8", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-bf", "2",
            "-c:a", "aac", _folder["base.mp4"]);
        await RealFfmpeg.RunAsync("-ss", "0.4", "-i", _folder["base.mp4"], "-c", "copy", _folder["edit.mp4"]);
        (double Time, double Length, string Hash)[] source = await PacketsAsync("edit.mp4");
        Assert.InRange(source[0].Time, -0.5, -0.3);
        foreach ((string target, double before) in new[] { ("out.mkv", 2.0), ("out.mov", 1000) })
        {
            CliRun run = await CliRun.OfAsync(["matte", _folder["edit.mp4"], "--alpha-in", await FullMatte.InAsync(_folder), "-o", _folder[target], "--json", "--audio", "copy"]);
            Assert.True(run.Exit == 0, run.Err);
            (double Time, double Length, string Hash)[] expected = [.. source.Where(p => p.Time + (before * p.Length) > 0)], found = await PacketsAsync(target);
            Assert.Equal(expected.Select(p => p.Hash), found.Select(p => p.Hash));
            for (int i = 0; i < found.Length; i++)
                Assert.Equal(expected[i].Time, found[i].Time, 0.0011);
        }
    }

    private async Task<(double Time, double Length, string Hash)[]> PacketsAsync(string name)
    {
        string text = await RealFfmpeg.ProbeAsync("-select_streams", "a", "-show_data_hash", "md5", "-show_entries", "packet=pts_time,duration_time,data_hash", "-of", "json", _folder[name]);
        return [.. JsonDocument.Parse(text).RootElement.GetProperty("packets").EnumerateArray().Select(p => (Number(p, "pts_time"), Number(p, "duration_time"), p.GetProperty("data_hash").GetString()!))];

        static double Number(JsonElement packet, string entry) => double.Parse(packet.GetProperty(entry).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<string> HashAsync(string file) => System.Text.Encoding.ASCII.GetString(
        await RealFfmpeg.RunAsync("-i", file, "-map", "0:a", "-c", "copy", "-f", "streamhash", "pipe:1")).Trim();
}
