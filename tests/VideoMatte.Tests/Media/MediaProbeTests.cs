using System.Buffers.Binary;
using System.IO.Compression;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

public sealed class MediaProbeTests : IDisposable
{
    private const long ManyPixels = 8192L * 8192;

    private readonly TempFolder _folder = new();

    [SharedFact(Timeout = 60_000)]
    public async Task Clip_WithTimecodeTrack_PictureSoundAndDataAreTold()
    {
        MediaInfo info = await ProbeAsync(SharedData.Clips("03-cups-fasthands-720p.mp4"));

        Assert.Equal((0, "h264", 1280, 720), (info.Video.Index, info.Video.Codec, info.Video.Width, info.Video.Height));
        Assert.Equal((new Rational(30000, 1001), new Rational(1, 30000), 182L), (info.Video.AverageRate, info.Video.TimeBase, info.Video.FrameCount));
        Assert.Equal(("aac", 48000, 2), (info.Audio.Single().Codec, info.Audio.Single().SampleRate, info.Audio.Single().Channels));
        Assert.Equal(("data", "tmcd"), (info.Others.Single().Kind, info.Others.Single().CodecTag));
        Assert.Equal((ColourMatrix.Bt709, ColourRange.Limited), (info.Video.Format.Colour.Matrix, info.Video.Format.Colour.Range));
        Assert.True(info.Video.RangeIsTagged);
    }

    [SharedFact(Timeout = 60_000)]
    public async Task Clip_WithSoundFirst_TheVideoIsFoundBehindIt() =>
        Assert.Equal((1, 0), (await ProbeAsync(SharedData.Clips("11-bw-film-talk-sound-480p.mp4"))) is var i ? (i.Video.Index, i.Audio[0].Index) : default);

    [SharedFact(Timeout = 60_000)]
    public async Task Clip_FromAWebcam_RangeIsFullAndTheRestUntagged()
    {
        MediaInfo info = await ProbeAsync(SharedData.Clips("05-signing-webcam-480p.mp4"));

        Assert.Equal((ColourMatrix.Unspecified, ColourRange.Full), (info.Video.Format.Colour.Matrix, info.Video.Format.Colour.Range));
        Assert.Equal(new Rational(92800, 3093), info.Video.AverageRate);
    }

    [SharedFact(Timeout = 60_000)]
    public async Task Clip_WithoutTags_StaysUnspecifiedAndLimited()
    {
        MediaInfo info = await ProbeAsync(SharedData.Clips("06-webcam-head-300p.mp4"));

        Assert.Equal((ColourMatrix.Unspecified, ColourRange.Limited), (info.Video.Format.Colour.Matrix, info.Video.Format.Colour.Range));
        Assert.False(info.Video.RangeIsTagged);
    }

    [SharedFact(Timeout = 60_000)]
    public async Task Clip_ThatStartsLate_StartTimeIsExact()
    {
        MediaInfo info = await ProbeAsync(SharedData.Clips("14-cleanplate-woman-walksin-432p.mp4"));

        Assert.Equal(new Rational(1, 10), info.Video.StartTime);
        Assert.Equal(new Rational(81, 10), info.Video.Duration);
    }

    [SharedFact(Timeout = 60_000)]
    public async Task Webm_WithAlphaBesideThePicture_SaysSo() =>
        Assert.True((await ProbeAsync(SharedData.Clips("alpha/a5-head-vp9alpha-512.webm"))).Video.HasAlpha);

    [Theory(Timeout = 60_000)]
    [InlineData("90", 48, 64)]
    [InlineData("-90", 48, 64)]
    [InlineData("180", 64, 48)]
    public async Task Rotation_OfAPhone_SizeIsThatOfTheTurnedPicture(string degrees, int width, int height)
    {
        string plain = await MakeAsync("plain.mp4"), turned = _folder["turned.mp4"];
        await RealFfmpeg.RunAsync("-i", plain, "-c", "copy", "-metadata:s:v:0", "rotate=" + degrees, turned);

        MediaInfo info = await ProbeAsync(turned);

        Assert.Equal((width, height), (info.Video.Width, info.Video.Height));
        await using MediaReader reader = await MediaReader.OpenAsync(
            await RealFfmpeg.ToolsAsync(), info, ReaderOptions.Default, new FramePool(), TimeProvider.System, default);
        using VideoFrame? frame = await reader.ReadAsync(default);
        Assert.NotNull(frame);
    }

    [Fact(Timeout = 60_000)]
    public async Task Sound_WithACover_IsNoVideo()
    {
        string cover = _folder["c.png"], sound = _folder["s.mp3"], both = _folder["both.mp3"];
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc=s=64x48", "-frames:v", "1", cover);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "sine=d=1", sound);
        await RealFfmpeg.RunAsync("-i", sound, "-i", cover, "-map", "0", "-map", "1", "-c", "copy", "-id3v2_version", "3", both);

        Assert.Equal("no-video", (await FailAsync(sound)).Code);
        Assert.Equal("no-video", (await FailAsync(both)).Code);
    }

    [Fact(Timeout = 60_000)]
    public async Task Film_WithACoverBeforeThePicture_ThePictureIsTaken()
    {
        string cover = _folder["c.png"], film = await MakeAsync("f.mp4"), both = _folder["both.mp4"];
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc=s=640x480", "-frames:v", "1", cover);
        await RealFfmpeg.RunAsync("-i", cover, "-i", film, "-map", "0", "-map", "1", "-c", "copy", "-disposition:v:0", "attached_pic", both);

        MediaInfo info = await ProbeAsync(both);

        Assert.Equal((64, "h264"), (info.Video.Width, info.Video.Codec));
        Assert.Contains(info.Others, o => o.Kind == "cover");
    }

    [Fact(Timeout = 60_000)]
    public async Task Tags_HoldTerminalEscapes_TheyAreKeptRaw()
    {
        const string title = "\u001b]0;owned\u0007\u001b[31mred\u202Etxt";
        string film = _folder["t.mkv"];
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc=s=64x48:d=0.2:r=10", "-c:v", "ffv1", "-metadata", "title=" + title, film);

        Assert.Equal(title, (await ProbeAsync(film)).Tags["title"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Aspect_AndColourTags_AreReadAsTheyStand()
    {
        string film = _folder["t.mkv"];
        await RealFfmpeg.RunAsync(
            "-f", "lavfi", "-i", "testsrc=s=64x48:d=0.2:r=10", "-vf", "setsar=16/11", "-pix_fmt", "yuv422p10le", "-c:v", "ffv1", "-color_range", "pc",
            "-colorspace", "bt2020nc", "-color_primaries", "bt2020", "-color_trc", "smpte2084", "-chroma_sample_location", "topleft", film);

        FrameFormat format = (await ProbeAsync(film)).Video.Format;

        Assert.Equal((PlaneLayout.Yuv422, 10, new Rational(16, 11)), (format.Layout, format.Depth, format.SampleAspect));
        Assert.Equal(
            new ColourDescription(ColourMatrix.Bt2020NonConstant, ColourRange.Full, ColourPrimaries.Bt2020, ColourTransfer.Pq, format.Colour.Siting),
            format.Colour);
    }

    [Fact(Timeout = 60_000)]
    public async Task Chapters_OfAFile_AreInOrder()
    {
        string film = await MakeAsync("f.mp4"), marks = _folder["m.txt"], marked = _folder["marked.mkv"];
        await File.WriteAllTextAsync(marks, ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/10\nSTART=0\nEND=2\ntitle=one\n[CHAPTER]\nTIMEBASE=1/10\nSTART=2\nEND=3\ntitle=two\n");
        await RealFfmpeg.RunAsync("-i", film, "-i", marks, "-map_metadata", "1", "-map", "0", "-c", "copy", marked);

        Assert.Equal(
            [new ChapterInfo(Rational.Zero, new Rational(1, 5), "one"), new ChapterInfo(new Rational(1, 5), new Rational(3, 10), "two")],
            (await ProbeAsync(marked)).Chapters);
    }

    [Fact(Timeout = 60_000)]
    public async Task Input_IsMissing_Empty_AFolder_OrText_EachHasItsSentence()
    {
        await File.WriteAllTextAsync(_folder["text.mp4"], "Dear reader, this is no video.\n");
        await File.WriteAllBytesAsync(_folder["empty.mp4"], []);

        Assert.Equal("input-missing", (await FailAsync(_folder["none.mp4"])).Code);
        Assert.Equal("input-unreadable", (await FailAsync(_folder.Path)).Code);
        Assert.Equal("input-unreadable", (await FailAsync(_folder["empty.mp4"])).Code);
        Assert.Equal("input-unreadable", (await FailAsync(_folder["text.mp4"])).Code);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("http://127.0.0.1:9/x.mp4")]
    [InlineData("concat:a|b")]
    [InlineData("subfile,,start,0,end,9,,:a.mp4")]
    public async Task Input_IsAProtocol_ItIsAMissingFile(string input) => Assert.Equal("input-missing", (await FailAsync(input)).Code);

    [SharedFact(Timeout = 60_000)]
    public async Task Clip_CutBeforeItsIndex_CannotBeRead()
    {
        string cut = await CutInHalfAsync("04-bedroom-jump-hair-540p.mp4");

        Assert.Equal("input-unreadable", (await FailAsync(cut)).Code);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(16000, 16000)]
    [InlineData(100000, 100000)]
    public async Task Picture_IsHuge_TheErrorHasTheFigure(int width, int height)
    {
        string file = _folder["huge.png"];
        await File.WriteAllBytesAsync(file, BlankPng(width, height));

        MatteException e = await FailAsync(file);

        Assert.Equal("too-many-pixels", e.Code);
        Assert.Contains(FormattableString.Invariant($"{width}x{height}"), e.Message, StringComparison.Ordinal);
        Assert.Contains("--max-pixels", e.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Film_IsLargerThanAllowed_TheErrorHasTheFigure()
    {
        string film = await MakeAsync("f.mp4");

        MatteException e = await FailAsync(film, maxPixels: 64 * 48 - 1);

        Assert.Equal("too-many-pixels", e.Code);
        Assert.Contains("64x48", e.Message, StringComparison.Ordinal);
        Assert.Equal(64, (await ProbeAsync(film, maxPixels: 64 * 48)).Video.Width);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<MediaInfo> ProbeAsync(string path, long maxPixels = ManyPixels) =>
        await MediaProbe.ProbeAsync(await RealFfmpeg.ToolsAsync(), path, maxPixels, default);

    private static async Task<MatteException> FailAsync(string path, long maxPixels = ManyPixels)
    {
        MatteException e = await Assert.ThrowsAsync<MatteException>(() => ProbeAsync(path, maxPixels));
        Assert.Equal(ErrorKind.Input, e.Kind);
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
        return e;
    }

    /// <summary>A PNG that says its size and holds no pixels to speak of.</summary>
    private static byte[] BlankPng(int width, int height)
    {
        byte[] head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        head[8] = 8;
        head[9] = 2;
        MemoryStream packed = new();
        using (ZLibStream zip = new(packed, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(new byte[100_000]);
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR"u8, head), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] data)
    {
        byte[] chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        name.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        uint crc = 0xFFFF_FFFF;
        foreach (byte b in chunk.AsSpan(4, 4 + data.Length))
        {
            crc ^= b;
            for (int i = 0; i < 8; i++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB8_8320);
        }

        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), ~crc);
        return chunk;
    }

    private async Task<string> CutInHalfAsync(string clip)
    {
        byte[] whole = await File.ReadAllBytesAsync(SharedData.Clips(clip));
        await File.WriteAllBytesAsync(_folder[clip], whole[..(whole.Length / 2)]);
        return _folder[clip];
    }

    private async Task<string> MakeAsync(string name)
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc=s=64x48:r=10:d=0.3", "-pix_fmt", "yuv420p", "-c:v", "libx264", _folder[name]);
        return _folder[name];
    }
}
