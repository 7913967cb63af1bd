using System.Globalization;
using System.Text;
using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>Subtitles of a part: each cue is on screen where the source's is, within the part, and none makes the file longer.</summary>
public sealed class SubtitleTests(SubtitleTests.Sources sources) : IClassFixture<SubtitleTests.Sources>, IDisposable
{
    /// <summary>Containers of milliseconds round both ends.</summary>
    private const double Tolerance = 0.0015;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Cues at 0.2-0.9, 1.2-2.1 and 2.3-2.8 s, of which 0.5 to 2 s are taken; where sound is encoded, ffmpeg counts in other ticks.</summary>
    [Theory]
    [InlineData("srt.mkv", "x.mkv", "subrip")]
    [InlineData("srt.mkv", "x.mov", "mov_text")]
    [InlineData("ass.mkv", "x.webm", "webvtt")]
    [InlineData("vtt.mkv", "x.webm", "webvtt")]
    [InlineData("text.mov", "x.mov", "mov_text")]
    [InlineData("text.mov", "x.mkv", "subrip")]
    [InlineData("text.mp4", "x.mp4", "mov_text")]
    public async Task Matte_APart_CutsItsCuesAtBothEnds(string source, string target, string codec)
    {
        await RunAsync(source, target, "--start", "0.5", "--end", "2");
        await AssertCuesAsync(target, [0, 0.4, 0.7, 1.5]);
        Assert.Equal(codec, (await RealFfmpeg.ProbeAsync("-select_streams", "s", "-show_entries", "stream=codec_name", "-of", "csv=p=0", _folder[target])).Trim().TrimEnd(','));
        Assert.Equal("ita", (await RealFfmpeg.ProbeAsync("-select_streams", "s", "-show_entries", "stream_tags=language", "-of", "csv=p=0", _folder[target])).Trim());
        string text = Encoding.UTF8.GetString(await RealFfmpeg.RunAsync("-i", _folder[target], "-map", "0:s:0", "-f", "srt", "pipe:1"));
        Assert.Contains("Hello", text, StringComparison.Ordinal);
        Assert.Contains("World", text, StringComparison.Ordinal);
        Assert.DoesNotContain("After", text, StringComparison.Ordinal);
    }

    /// <summary>Without an end the last cue stays whole; a part without a cue has an empty track.</summary>
    [Theory]
    [InlineData("text.mov", "x.mov", new[] { "--start", "2.2" }, new[] { 0.1, 0.6 })]
    [InlineData("text.mov", "x.mov", new[] { "--start", "0.95", "--end", "1.15" }, new double[0])]
    [InlineData("srt.mkv", "x.mkv", new[] { "--start", "0.95", "--end", "1.15" }, new double[0])]
    public async Task Matte_AnotherPart_KeepsWhatIsInIt(string source, string target, string[] part, double[] expected)
    {
        await RunAsync(source, target, part);
        await AssertCuesAsync(target, expected);
    }

    private async Task AssertCuesAsync(string target, double[] expected)
    {
        double[] found = [.. (await CuesAsync(target)).SelectMany(c => new[] { c.Begin, c.End })];
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], Tolerance);
    }

    private async Task RunAsync(string source, string target, params string[] part)
    {
        string[] behind = target.EndsWith(".mp4", StringComparison.Ordinal) ? ["--background", "red"] : [];
        CliRun run = await CliRun.OfAsync(
            ["matte", sources[source], "--alpha-in", sources["white.png"], "-o", _folder[target], "--json", .. behind, .. part]);
        Assert.True(run.Exit == 0, run.Err);
        Assert.DoesNotContain("tags-dropped", run.Out, StringComparison.Ordinal);
    }

    /// <summary>Begin and end of every packet that has a text; QuickTime fills the gaps with empty ones.</summary>
    private async Task<(double Begin, double End)[]> CuesAsync(string name)
    {
        JsonElement found = JsonDocument.Parse(await RealFfmpeg.ProbeAsync("-select_streams", "s", "-show_entries", "packet=pts_time,duration_time,size", "-of", "json", _folder[name])).RootElement;
        return [.. found.GetProperty("packets").EnumerateArray().Where(p => Number(p, "size") > 2).Select(p => (Number(p, "pts_time"), Number(p, "pts_time") + Number(p, "duration_time")))];
    }

    private static double Number(JsonElement of, string name) => double.Parse(of.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    /// <summary>Three seconds of picture, sound and three cues, in the containers and formats there are.</summary>
    public sealed class Sources : IAsyncLifetime
    {
        private readonly TempFolder _folder = new();

        public string this[string name] => _folder[name];

        public async Task InitializeAsync()
        {
            await File.WriteAllTextAsync(_folder["s.srt"], "1\n00:00:00,200 --> 00:00:00,900\nHello\n\n2\n00:00:01,200 --> 00:00:02,100\nWorld\n\n3\n00:00:02,300 --> 00:00:02,800\nAfter\n");
            await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=white:s=48x32", "-frames:v", "1", _folder["white.png"]);
            string[] made = ["srt.mkv", "srt", "ass.mkv", "ass", "vtt.mkv", "webvtt", "text.mov", "mov_text", "text.mp4", "mov_text"];
            string[] outputs = [.. made.Chunk(2).SelectMany(m => (string[])["-map", "0", "-map", "1", "-map", "2", "-c:v", "mpeg4", "-c:a", m[0].StartsWith("vtt", StringComparison.Ordinal) ? "libopus" : "mp3",
                "-c:s", m[1], "-metadata:s:s:0", "language=ita", "-avoid_negative_ts", "disabled", _folder[m[0]]])];
            await RealFfmpeg.RunAsync(["-f", "lavfi", "-i", "testsrc2=s=48x32:r=20:d=3", "-f", "lavfi", "-i", "sine=d=3", "-i", _folder["s.srt"], .. outputs]);
        }

        public Task DisposeAsync()
        {
            _folder.Dispose();
            return Task.CompletedTask;
        }
    }
}
