using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

public sealed class MediaDoorTests : IDisposable
{
    private const long ManyPixels = 1 << 26;

    private readonly TempFolder _folder = new();

    public static TheoryData<string, string> Names => new()
    {
        { "Interview: take 2.mp4", "libx264" },
        { "-dash.mp4", "libx264" },
        { "100%d.mp4", "libx264" },
        { "take[1].mp4", "libx264" },
        { "a b'c\"d$e`f.mp4", "libx264" },
        { "concat:x|y.mp4", "libx264" },
        { "100%d.png", "png" },
        { "take[1]*.png", "png" },
        { "{x}?%03d.jpg", "mjpeg" },
        { "no-extension", "png" },
        { "a picture by a wrong name.mp4", "png" },
    };

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Names))]
    public async Task Name_LooksLikeSomethingElse_TheFileIsOpened(string name, string codec)
    {
        string made = await MakeAsync(codec);
        File.Move(made, _folder[name]);

        (int exit, string text, string errors) = await AskAsync(_folder[name]);

        Assert.True(exit == 0, errors);
        Assert.Equal("64,48", text.Trim());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("b.png", "png_pipe")]
    [InlineData("b.jpg", "jpeg_pipe")]
    [InlineData("b.tiff", "tiff_pipe")]
    [InlineData("b.bmp", "bmp_pipe")]
    [InlineData("b.webp", "webp_pipe")]
    [InlineData("b.exr", "exr_pipe")]
    [InlineData("b.dpx", "dpx_pipe")]
    [InlineData("b.jp2", "j2k_pipe")]
    [InlineData("b.gif", "gif")]
    [InlineData("b.ppm", "ppm_pipe")]
    [InlineData("b.apng", "apng")]
    public async Task StillImage_OfEachKind_IsKnownByItsBytes(string name, string reader)
    {
        string made = _folder[name], bare = _folder["picture"];
        await RealFfmpeg.RunAsync(["-f", "lavfi", "-i", "testsrc=s=64x48:d=2:r=1", "-frames:v", name == "b.apng" ? "2" : "1", .. name == "b.exr" ? new[] { "-pix_fmt", "gbrpf32le" } : [], made]);
        File.Move(made, bare);

        Assert.Equal(reader, MediaDoor.ImageReader(bare));
        Assert.Equal((0, "64,48"), (await AskAsync(bare)) is var (exit, text, _) ? (exit, text.Trim()) : default);
    }

    public static TheoryData<string, string> Traps(string canary) => new()
    {
        { "hls.mp4", $"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{canary}\n#EXT-X-ENDLIST\n" },
        { "ffconcat.mp4", $"ffconcat version 1.0\nfile '{canary}'\n" },
        { "dash.mp4", $"<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" mediaPresentationDuration=\"PT1S\" profiles=\"urn:mpeg:dash:profile:isoff-on-demand:2011\"><Period><AdaptationSet><Representation id=\"0\" bandwidth=\"1\"><BaseURL>{canary}</BaseURL></Representation></AdaptationSet></Period></MPD>" },
        { "sdp.mp4", "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video 55433 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n" },
        { "imf.mp4", "<?xml version=\"1.0\"?><CompositionPlaylist xmlns=\"http://www.smpte-ra.org/schemas/2067-3/2013\"/>" },
        { "hls.png", $"#EXTM3U\n#EXTINF:10,\n{canary}\n" },
        { "text.ffconcat", $"ffconcat version 1.0\nfile '{canary}'\n" },
    };

    [StraceTheory(Timeout = 120_000)]
    [InlineData("hls.mp4")]
    [InlineData("ffconcat.mp4")]
    [InlineData("dash.mp4")]
    [InlineData("sdp.mp4")]
    [InlineData("imf.mp4")]
    [InlineData("hls.png")]
    [InlineData("text.ffconcat")]
    public async Task File_NamesAnother_IsRefusedAndTheOtherIsNeverOpened(string name)
    {
        string canary = await MakeAsync("libx264");
        string content = ((IEnumerable<object[]>)Traps(canary)).Single(row => (string)row[0] == name)[1].ToString()!;
        await File.WriteAllTextAsync(_folder[name], content);

        (int exit, string text, string errors) = await AskAsync(_folder[name]);
        Assert.NotEqual((0, "64,48"), (exit, text.Trim()));
        Assert.True(exit != 0, errors);

        IReadOnlyList<string> calls = await OpenedAsync(_folder[name]);
        Assert.Contains(calls, c => c.Contains(_folder[name], StringComparison.Ordinal));
        Assert.DoesNotContain(calls, c => c.Contains(canary, StringComparison.Ordinal));
        Assert.DoesNotContain(calls, c => c.Contains("connect(", StringComparison.Ordinal) || c.Contains("bind(", StringComparison.Ordinal));
    }

    [StraceTheory(Timeout = 60_000)]
    [InlineData("concat:{0}|{0}")]
    [InlineData("subfile,,start,0,end,0,,:{0}")]
    [InlineData("http://127.0.0.1:9/x.mp4")]
    [InlineData("file:{0}")]
    [InlineData("data:video/mp4;base64,AAAA")]
    [InlineData("async:{0}")]
    [InlineData("-f")]
    public async Task Input_IsAProtocol_ItIsANameOfNoFile(string input)
    {
        string canary = await MakeAsync("libx264");
        string path = string.Format(System.Globalization.CultureInfo.InvariantCulture, input, canary);

        (int exit, _, string errors) = await AskAsync(path);
        Assert.NotEqual(0, exit);
        Assert.Contains("No such file or directory", errors, StringComparison.Ordinal);

        IReadOnlyList<string> calls = await OpenedAsync(path);
        Assert.DoesNotContain(calls, c => c.Contains($"\"{canary}\"", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, c => c.Contains("connect(", StringComparison.Ordinal));
    }

    [Fact]
    public void InputArguments_OfAnyName_TheNameIsOneArgumentBehindFile()
    {
        IReadOnlyList<string> arguments = MediaDoor.InputArguments("-y", 100);

        Assert.Equal("file:" + Path.GetFullPath("-y"), arguments[^1]);
        Assert.Equal("-i", arguments[^2]);
        Assert.Equal("100", arguments[5]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Formats_EveryNameOfTheList_NoneOpensOtherFiles()
    {
        string[] dangerous = ["hls", "dash", "concat", "sdp", "rtsp", "rtp", "imf", "image2", "tty", "lavfi", "sap", "webm_dash_manifest", "vobsub", "x11grab", "fbdev"];
        string known = await Demuxers();

        Assert.Empty(dangerous.Intersect(MediaDoor.Formats.Split(',')));
        // The list must say ffmpeg's own names: a misspelt one would never open.
        Assert.All(["mov", "matroska", "avi", "png_pipe", "jpeg_pipe", "exr_pipe", "mxf", "yuv4mpegpipe"], name => Assert.Contains(name, known, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> Demuxers() => System.Text.Encoding.UTF8.GetString(await RealFfmpeg.RunAsync("-hide_banner", "-demuxers"));

    private static IReadOnlyList<string> Arguments(string path) =>
        ["-v", "error", .. MediaDoor.InputArguments(path, ManyPixels), "-select_streams", "v:0", "-show_entries", "stream=width,height", "-of", "csv=p=0"];

    private static async Task<(int Exit, string Text, string Errors)> AskAsync(string path)
    {
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        FfmpegOutput output = await FfmpegProcess.RunAsync(tools.FfprobePath, Arguments(path), 100_000, null, TimeProvider.System, default);
        return (output.ExitCode, output.Text, output.ErrorTail);
    }

    /// <summary>Every call of ffprobe and of ffmpeg that opens a file or an address.</summary>
    private async Task<IReadOnlyList<string>> OpenedAsync(string path)
    {
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        List<string> calls = [];
        foreach (string[] command in new[]
        {
            [tools.FfprobePath, .. Arguments(path)],
            new[] { tools.FfmpegPath, "-v", "error", "-nostdin" }.Concat(MediaDoor.InputArguments(path, ManyPixels)).Concat(["-f", "null", "-"]).ToArray(),
        })
        {
            string log = _folder["strace.log"];
            await FfmpegProcess.RunAsync(
                StraceTheoryAttribute.Path, ["-f", "-e", "trace=open,openat,connect,bind", "-s", "4096", "-o", log, .. command], 100_000, null, TimeProvider.System, default);
            calls.AddRange(await File.ReadAllLinesAsync(log));
        }

        return calls;
    }

    private async Task<string> MakeAsync(string codec)
    {
        string file = _folder[codec switch { "png" => "made.png", "mjpeg" => "made.jpg", _ => "made.mp4" }];
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc=s=64x48:r=10:d=0.3", "-pix_fmt", codec == "png" ? "rgb24" : "yuvj420p", "-c:v", codec, "-frames:v", codec == "libx264" ? "3" : "1", file);
        return file;
    }
}
