using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

/// <summary>Sources whose samples lie otherwise than ours: random ones are packed here by hand, and every plane must come as it was.</summary>
public sealed class SourcePixelsTests : IDisposable
{
    private const int Width = 78;
    private const int Height = 46;

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Formats =>
        ["nv12", "nv21", "yuyv422", "rgb24", "bgr24", "rgba", "bgra", "argb", "rgb48le", "gbrap", "gbrap10le", "gbrap12le", "gbrap16le", "yuva420p", "yuva422p10le", "yuva444p12le", "yuva444p16le", "ya8"];

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Formats))]
    public async Task Samples_OfAnyOrder_AllComeUnchanged(string name)
    {
        SourcePixels pixels = PixelFormatNames.Resolve(name)!;
        Assert.True(pixels.IsExact);
        FrameFormat format = new(Width, Height, pixels.Layout, pixels.Depth, ColourDescription.Rgb);
        int[][] planes = RandomPlanes(format);
        string raw = _folder["x.raw"], film = _folder["x.nut"];
        await File.WriteAllBytesAsync(raw, Pack(name, planes, format));
        await RealFfmpeg.RunAsync(
            "-f", "rawvideo", "-pix_fmt", name, "-s", FormattableString.Invariant($"{Width}x{Height}"), "-i", raw, "-c:v", "copy", "-f", "nut", film);

        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        MediaInfo info = await MediaProbe.ProbeAsync(tools, film, 1 << 26, default);
        Assert.Equal((name, pixels.HasAlpha), (info.Video.PixelFormat, info.Video.HasAlpha));
        using CheckingFramePool pool = new();
        await using MediaReader reader = await MediaReader.OpenAsync(tools, info, ReaderOptions.Default, pool, TimeProvider.System, default);
        using VideoFrame frame = (await reader.ReadAsync(default))!;

        for (int plane = 0; plane < format.PlaneCount; plane++)
            Assert.Equal(planes[plane], Samples(frame, plane));
        Assert.Null(await reader.ReadAsync(default));
    }

    [Fact(Timeout = 60_000)]
    public async Task Palette_OfAPng_ColoursComeUnchanged()
    {
        string png = _folder["p.png"];
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=76x44", "-frames:v", "1", "-pix_fmt", "pal8", png);
        byte[] rgb = await RealFfmpeg.RunAsync("-i", png, "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1");
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        MediaInfo info = await MediaProbe.ProbeAsync(tools, png, 1 << 26, default);
        Assert.Equal("pal8", info.Video.PixelFormat);

        using CheckingFramePool pool = new();
        await using MediaReader reader = await MediaReader.OpenAsync(tools, info, ReaderOptions.Default, pool, TimeProvider.System, default);
        using VideoFrame frame = (await reader.ReadAsync(default))!;

        for (int plane = 0; plane < 3; plane++)
            Assert.Equal(Enumerable.Range(0, 76 * 44).Select(i => (int)rgb[(i * 3) + ((plane + 1) % 3)]), Samples(frame, plane));
    }

    public void Dispose() => _folder.Dispose();

    private static int[] Samples(VideoFrame frame, int plane)
    {
        List<int> samples = [];
        for (int y = 0; y < frame.Format.PlaneHeight(plane); y++)
            for (int x = 0; x < frame.Format.PlaneWidth(plane); x++)
                samples.Add(frame.Format.BytesPerSample == 2 ? frame.Plane16(plane).Row(y)[x] : frame.Plane8(plane).Row(y)[x]);
        return [.. samples];
    }

    /// <summary>Our planes, and alpha as the last.</summary>
    private static int[][] RandomPlanes(FrameFormat format)
    {
        Random random = new(29);
        int[][] planes = new int[format.PlaneCount + 1][];
        for (int plane = 0; plane < planes.Length; plane++)
        {
            int of = plane == format.PlaneCount ? 0 : plane;
            planes[plane] = [.. Enumerable.Range(0, format.PlaneWidth(of) * format.PlaneHeight(of)).Select(_ => random.Next(format.MaxCode + 1))];
        }

        return planes;
    }

    private static byte[] Pack(string name, int[][] p, FrameFormat format)
    {
        IEnumerable<int> words = name switch
        {
            "nv12" => p[0].Concat(p[1].Zip(p[2], (u, v) => new[] { u, v }).SelectMany(pair => pair)),
            "nv21" => p[0].Concat(p[1].Zip(p[2], (u, v) => new[] { v, u }).SelectMany(pair => pair)),
            "yuyv422" => Enumerable.Range(0, p[1].Length).SelectMany(i => new[] { p[0][2 * i], p[1][i], p[0][(2 * i) + 1], p[2][i] }),
            "ya8" => Interleave(p[0], p[1]),
            // Ours are G, B, R and alpha.
            "rgb24" or "rgb48le" => Interleave(p[2], p[0], p[1]),
            "bgr24" => Interleave(p[1], p[0], p[2]),
            "rgba" => Interleave(p[2], p[0], p[1], p[3]),
            "bgra" => Interleave(p[1], p[0], p[2], p[3]),
            "argb" => Interleave(p[3], p[2], p[0], p[1]),
            _ => p.SelectMany(plane => plane),
        };
        return format.BytesPerSample == 1 ? [.. words.Select(w => (byte)w)] : [.. words.SelectMany(w => new[] { (byte)w, (byte)(w >> 8) })];
    }

    private static IEnumerable<int> Interleave(params int[][] planes) =>
        Enumerable.Range(0, planes[0].Length).SelectMany(i => planes.Select(plane => plane[i]));
}
