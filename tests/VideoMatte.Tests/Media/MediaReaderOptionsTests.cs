using System.Security.Cryptography;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

/// <summary>Seeking, looping, limits, negative times, and pictures brought to another format.</summary>
public sealed class MediaReaderOptionsTests : IDisposable
{
    /// <summary>8-bit codes: the conversion rounds once to an intermediate of ffmpeg's and once to the target.</summary>
    private const int ConversionTolerance = 1;

    private readonly TempFolder _folder = new();
    private readonly CheckingFramePool _pool = new();

    [Theory(Timeout = 60_000)]
    [InlineData("-0.5")]
    [InlineData("-0.04")]
    [InlineData("3600")]
    public async Task Times_BeforeZeroOrFarBehind_AreExactlyTheSources(string offset)
    {
        string film = _folder["t.mkv"];
        await RealFfmpeg.RunAsync(
            "-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=0.6", "-c:v", "ffv1", "-output_ts_offset", offset, "-avoid_negative_ts", "disabled", film);
        IReadOnlyList<FrameMd5> expected = await FrameMd5.OfAsync(film, "yuv420p");
        Assert.Equal(offset[0] == '-', expected[0].Time < Rational.Zero);

        Assert.Equal(expected, await ReadAsync(film, ReaderOptions.Default));
    }

    [Fact(Timeout = 60_000)]
    public async Task Seek_IntoBFrames_BeginsWithTheFrameAtThatTime()
    {
        string film = await FilmAsync("f.mp4", 60);
        IReadOnlyList<FrameMd5> whole = await FrameMd5.OfAsync(film, "yuv420p");

        IReadOnlyList<FrameMd5> got = await ReadAsync(film, new ReaderOptions { Seek = whole[37].Time, FrameLimit = 4 });

        Assert.Equal(whole.Skip(37).Take(4), got);
    }

    [SharedFact(Timeout = 60_000)]
    public async Task Seek_InAClipThatStartsLate_TimesStayOnItsClock()
    {
        string clip = SharedData.Clips("14-cleanplate-woman-walksin-432p.mp4");
        IReadOnlyList<FrameMd5> whole = await FrameMd5.OfAsync(clip, "yuv420p");

        IReadOnlyList<FrameMd5> got = await ReadAsync(clip, new ReaderOptions { Seek = whole[50].Time, FrameLimit = 3 });

        Assert.Equal(whole.Skip(50).Take(3), got);
    }

    [Fact(Timeout = 60_000)]
    public async Task Limit_OfFrames_StopsThereWithoutAWarning()
    {
        string film = await FilmAsync("f.mp4", 30);

        Assert.Equal((await FrameMd5.OfAsync(film, "yuv420p")).Take(7), await ReadAsync(film, new ReaderOptions { FrameLimit = 7 }));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("f.mkv")]
    [InlineData("f.mp4")]
    public async Task Loop_PastTheEnd_BeginsAgainAndTimesGrow(string name)
    {
        string film = await FilmAsync(name, 10);
        IReadOnlyList<FrameMd5> once = await FrameMd5.OfAsync(film, "yuv420p");

        IReadOnlyList<FrameMd5> got = await ReadAsync(film, new ReaderOptions { Loop = true, FrameLimit = 25 });

        Assert.Equal(25, got.Count);
        Assert.Equal(Enumerable.Range(0, 25).Select(i => once[i % 10].Md5), got.Select(f => f.Md5));
        Assert.True(got.Zip(got.Skip(1)).All(pair => pair.First.Time < pair.Second.Time));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("p.png")]
    [InlineData("p.jpg")]
    public async Task StillImage_Looped_IsEndless(string name)
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=64x48", "-frames:v", "1", _folder[name]);

        IReadOnlyList<FrameMd5> got = await ReadAsync(_folder[name], new ReaderOptions { Loop = true, FrameLimit = 12 });

        Assert.Equal(12, got.Count);
        Assert.Single(got.Select(f => f.Md5).Distinct());
    }

    [SharedFact(Timeout = 60_000)]
    public async Task Target_OfTheSamePlanes_ChangesNoSample()
    {
        string plate = SharedData.Backgrounds("b1-room-still-432p.mp4"), clip = SharedData.Clips("14-cleanplate-woman-walksin-432p.mp4");
        FrameFormat target = (await ProbeAsync(clip)).Video.Format;
        IReadOnlyList<FrameMd5> expected = await FrameMd5.OfAsync(plate, "yuv420p");

        Assert.Equal(expected, await ReadAsync(plate, new ReaderOptions { Target = target }));
    }

    public static TheoryData<string, ColourMatrix, ColourRange, PlaneLayout, int> Targets => new()
    {
        { "rgb24", ColourMatrix.Bt709, ColourRange.Limited, PlaneLayout.Yuv420, 8 },
        { "rgb24", ColourMatrix.Smpte170M, ColourRange.Limited, PlaneLayout.Yuv422, 8 },
        { "rgb24", ColourMatrix.Bt2020NonConstant, ColourRange.Full, PlaneLayout.Yuv444, 8 },
        { "rgb24", ColourMatrix.Bt709, ColourRange.Limited, PlaneLayout.Yuv420, 10 },
        { "yuv444p", ColourMatrix.Bt709, ColourRange.Full, PlaneLayout.Yuv420, 8 },
        { "yuvj420p", ColourMatrix.Bt709, ColourRange.Limited, PlaneLayout.Yuv420, 8 },
        { "yuv420p10le", ColourMatrix.Unspecified, ColourRange.Limited, PlaneLayout.Yuv420, 8 },
    };

    /// <summary>One colour goes in by ffmpeg's hand as 8-bit RGB; what must come out is calculated here from H.273 alone.</summary>
    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Targets))]
    public async Task Target_OfAnotherMatrixRangeAndDepth_TheColourIsTheSame(
        string source, ColourMatrix matrix, ColourRange range, PlaneLayout layout, int depth)
    {
        (double r, double g, double b) = (200 / 255.0, 60 / 255.0, 30 / 255.0);
        string film = _folder[source == "rgb24" ? "c.png" : "c.mkv"];
        // 96 lines: an untagged source is BT.601.
        FrameFormat read = new(128, 96, PlaneLayout.Yuv444, 8, new ColourDescription(
            ColourMatrix.Smpte170M, source == "yuvj420p" ? ColourRange.Full : ColourRange.Limited));
        if (source == "rgb24")
        {
            await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=0xC83C1E:s=128x96,format=rgb24", "-frames:v", "1", film);
        }
        else
        {
            // Constant planes, packed here: a filter of ffmpeg's would convert a full range on its way.
            FrameFormat stored = read with { Layout = source == "yuv444p" ? PlaneLayout.Yuv444 : PlaneLayout.Yuv420, Depth = source == "yuv420p10le" ? 10 : 8 };
            double[] codes = Codes(stored, r, g, b);
            byte[] raw = [.. Enumerable.Range(0, 3).SelectMany(p => Enumerable.Repeat((int)Math.Round(codes[p]), stored.PlaneWidth(p) * stored.PlaneHeight(p)))
                .SelectMany(code => stored.Depth > 8 ? new[] { (byte)code, (byte)(code >> 8) } : [(byte)code])];
            await File.WriteAllBytesAsync(_folder["c.raw"], raw);
            await RealFfmpeg.RunAsync(
                "-f", "rawvideo", "-pix_fmt", source, "-s", "128x96", "-i", _folder["c.raw"], "-c:v", source == "yuvj420p" ? "mjpeg" : "ffv1", "-qscale:v", "1", film);
        }

        FrameFormat target = new(64, 48, layout, depth, new ColourDescription(matrix, range));
        MediaInfo info = await ProbeAsync(film);
        await using MediaReader reader = await OpenAsync(info, new ReaderOptions { Target = target });
        using VideoFrame frame = (await reader.ReadAsync(default))!;

        Assert.Equal(target, frame.Format);
        double[] expected = Codes(target, r, g, b);
        for (int plane = 0; plane < 3; plane++)
        {
            int code = depth > 8 ? frame.Plane16(plane).Row(10)[11] : frame.Plane8(plane).Row(10)[11];
            Assert.InRange(code, expected[plane] - (ConversionTolerance + 1) * (1 << (depth - 8)), expected[plane] + (ConversionTolerance + 1) * (1 << (depth - 8)));
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData(64, 64, "1/1")]
    [InlineData(200, 51, "1/1")]
    [InlineData(33, 77, "1/1")]
    [InlineData(64, 64, "2/1")]
    public async Task Cover_OfAnotherShape_KeepsTheMiddleAndFillsAll(int width, int height, string aspect)
    {
        // A white ring of the wanted shape's middle on black: bars would show as red, which is outside everything.
        Assert.True(Rational.TryParse(aspect, out Rational sample));
        await RealFfmpeg.RunAsync(
            "-f", "lavfi", "-i", "color=white:s=160x90,drawbox=x=70:y=35:w=20:h=20:color=black:t=fill", "-frames:v", "1", _folder["c.png"]);
        FrameFormat target = new(width, height, PlaneLayout.Yuv444, 8, ColourDescription.Bt709Limited, sample);
        await using MediaReader reader = await OpenAsync(await ProbeAsync(_folder["c.png"]), new ReaderOptions { Target = target });
        using VideoFrame frame = (await reader.ReadAsync(default))!;

        PlaneView<byte> luma = frame.Plane8(0);
        Assert.InRange(luma.Row(height / 2)[width / 2], 14, 40);
        Assert.All(new[] { luma.Row(0)[0], luma.Row(0)[width - 1], luma.Row(height - 1)[0], luma.Row(height - 1)[width - 1] }, code => Assert.InRange(code, 230, 237));
        // The black square stays a square on the screen: its columns and rows agree.
        double across = 0, down = 0;
        for (int x = 0; x < width; x++)
            across += (235 - luma.Row(height / 2)[x]) / 219.0 * sample.ToDouble();
        for (int y = 0; y < height; y++)
            down += (235 - luma.Row(y)[width / 2]) / 219.0;
        Assert.InRange(across / down, 0.9, 1.1);
    }

    [Fact(Timeout = 60_000)]
    public async Task Stretch_ToAThumbnail_HasThatSizeAndFormat()
    {
        string film = await FilmAsync("f.mp4", 5);
        MediaInfo info = await ProbeAsync(film);
        FrameFormat small = info.Video.Format with { Width = 40, Height = 21 };

        IReadOnlyList<FrameMd5> got = await ReadAsync(film, new ReaderOptions { Target = small, Fit = Fit.Stretch });

        Assert.Equal((5, small.ByteCount), (got.Count, got[0].Size));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _pool.Dispose();
    }

    /// <summary>H.273: Y', Cb, Cr of R'G'B' in 0..1, in codes of the format, not rounded.</summary>
    private static double[] Codes(FrameFormat format, double r, double g, double b)
    {
        LumaCoefficients k = LumaCoefficients.For(format.Colour.Assumed(format.Height));
        double y = (k.Kr * r) + (k.Kg * g) + (k.Kb * b), cb = (b - y) / (2 * (1 - k.Kb)), cr = (r - y) / (2 * (1 - k.Kr));
        double unit = 1 << (format.Depth - 8);
        return format.Colour.Range == ColourRange.Full
            ? [y * format.MaxCode, (cb * format.MaxCode) + format.NeutralCode, (cr * format.MaxCode) + format.NeutralCode]
            : [((219 * y) + 16) * unit, ((224 * cb) + 128) * unit, ((224 * cr) + 128) * unit];
    }

    private static async Task<MediaInfo> ProbeAsync(string path) => await MediaProbe.ProbeAsync(await RealFfmpeg.ToolsAsync(), path, 1 << 26, default);

    private async Task<MediaReader> OpenAsync(MediaInfo info, ReaderOptions options) =>
        await MediaReader.OpenAsync(await RealFfmpeg.ToolsAsync(), info, options, _pool, TimeProvider.System, default);

    private async Task<IReadOnlyList<FrameMd5>> ReadAsync(string path, ReaderOptions options)
    {
        await using MediaReader reader = await OpenAsync(await ProbeAsync(path), options);
        List<FrameMd5> got = [];
        while (await reader.ReadAsync(default) is { } frame)
            using (frame)
                got.Add(new FrameMd5(frame.Time.PresentationTime, frame.Format.ByteCount, Convert.ToHexStringLower(MD5.HashData(frame.Bytes))));
        Assert.Empty(reader.Warnings);
        return got;
    }

    private async Task<string> FilmAsync(string name, int frames)
    {
        await RealFfmpeg.RunAsync(
            "-f", "lavfi", "-i", "testsrc2=s=160x90:r=25", "-frames:v", FormattableString.Invariant($"{frames}"), "-pix_fmt", "yuv420p",
            "-c:v", "libx264", "-g", "20", "-bf", "3", _folder[name]);
        return _folder[name];
    }
}
