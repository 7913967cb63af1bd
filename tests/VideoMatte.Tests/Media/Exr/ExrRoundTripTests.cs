using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media.Exr;

/// <summary>Clips made by ffmpeg, written as EXR, read again by ffmpeg.</summary>
public sealed class ExrRoundTripTests
{
    private const int TimeoutMs = 120_000;

    /// <summary>The issue's own.</summary>
    private const float LightTolerance = 0.001f;

    /// <summary>Half a step of a half float, relative, and a little for single precision and the table.</summary>
    private const double HalfStep = 1.1 / 2048 / 2;

    private static readonly string[] Frames3 = ["-frames:v", "3"];

    [Theory(Timeout = TimeoutMs)]
    [InlineData("grey.png", "rgb24")]
    [InlineData("grey.mkv", "gbrp")]
    [InlineData("grey.mkv", "gray")]
    public async Task Grey80_OfAnUntaggedPicture_ReadsLinear(string name, string pixels)
    {
        using SourceClip clip = await SourceClip.MadeAsync(
            name, "-f", "lavfi", "-i", "color=0x808080:s=40x24:d=0.04", "-pix_fmt", pixels, "-c:v", name == "grey.png" ? "png" : "ffv1", "-frames:v", "1");
        ExrFile exr = new(await clip.WriteAsync(clip.Output("out.exr") with { Premultiplied = true }));
        Assert.All([.. exr.R, .. exr.G, .. exr.B], v => Assert.InRange(v, 0.2159f - LightTolerance, 0.2159f + LightTolerance));
        Assert.All(exr.A, a => Assert.Equal(1, a));
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData(true, 0.5)]
    [InlineData(false, 1)]
    public async Task White_HalfCovered_IsMultipliedAsLight(bool premultiplied, double wanted)
    {
        using SourceClip clip = await SourceClip.MadeAsync("white.png", "-f", "lavfi", "-i", "color=white:s=33x17:d=0.04", "-pix_fmt", "rgb24", "-frames:v", "1");
        ExrFile exr = new(await clip.WriteAsync(clip.Output("out.exr") with { Premultiplied = premultiplied }, (_, _, _) => 32768));
        Assert.All(exr.A, a => Assert.Equal(0.5, a, 3));
        Assert.All([.. exr.R, .. exr.G, .. exr.B], v => Assert.Equal(wanted, v, 3));
    }

    /// <summary>Every code of 10 bits has a value of its own, from which it is found again; of 12 bits to within the 11 bits that a half
    /// has in the brightest stop.</summary>
    [Theory(Timeout = TimeoutMs)]
    [InlineData(8, false, 0)]
    [InlineData(10, false, 0)]
    [InlineData(10, true, 0)]
    [InlineData(12, false, 0.5)]
    public async Task Codes_OfAnRgbSource_AreFoundAgain(int depth, bool keeps, double lost)
    {
        string pixels = depth == 8 ? "gbrp" : $"gbrp{depth}le";
        int codes = 1 << depth, width = 64, height = codes / width;
        using SourceClip clip = await SourceClip.MadeAsync(
            "ramp.mkv", "-f", "lavfi", "-i", $"color=black:s={width}x{height}:d=0.04,format={pixels},geq=r=Y*{width}+X:g=Y*{width}+X:b=Y*{width}+X", "-frames:v", "1",
            "-c:v", "ffv1", "-color_trc", "iec61966-2-1");
        ExrFile exr = new(await clip.WriteAsync(clip.Output("out.exr") with { KeepsTransfer = keeps }));
        for (int code = 0; code < codes; code++)
        {
            double read = exr.R[code], back = (keeps ? read : FromLight(read)) * (codes - 1);
            Assert.InRange(back - code, -0.5 - lost, 0.5 + lost);
        }
    }

    /// <summary>Against the 16-bit RGB of ffmpeg's zscale, whose chroma is interpolated by another kernel: flat bars only. (Its swscale
    /// makes white of limited range 65280 of 65535.)</summary>
    [Theory(Timeout = TimeoutMs)]
    [InlineData("yuv420p", "bt709", "tv", "bt709", 1)]
    [InlineData("yuv422p10le", "smpte170m", "tv", "smpte170m", 1)]
    [InlineData("yuv444p10le", "bt2020nc", "pc", "bt2020-10", 1)]
    [InlineData("yuv444p12le", "bt709", "pc", "iec61966-2-1", 1)]
    [InlineData("yuv420p10le", "bt2020nc", "tv", "smpte2084", 8)]
    [InlineData("yuv420p10le", "bt2020nc", "tv", "arib-std-b67", 1)]
    public async Task Bars_OfEveryTransfer_AreTheLightOfFfmpegsRgb(string pixels, string matrix, string range, string transfer, double unit)
    {
        using SourceClip clip = await SourceClip.MadeAsync(
            "bars.mkv", "-f", "lavfi", "-i", $"smptebars=s=256x144:d=0.04,scale=out_color_matrix={Scale(matrix)}:out_range={range},format={pixels}", "-frames:v", "1",
            "-c:v", "ffv1", "-colorspace", matrix, "-color_trc", transfer, "-color_range", range, "-color_primaries", matrix.StartsWith("bt2020", StringComparison.Ordinal) ? "bt2020" : "bt709");
        ExrFile exr = new(await clip.WriteAsync(clip.Output("out.exr")));
        byte[] bytes = FfmpegRun.Ffmpeg(
            "-i", clip.Path, "-vf", $"zscale=min={(matrix == "bt2020nc" ? "2020_ncl" : matrix == "smpte170m" ? "170m" : "709")}:rin={range}:m=gbr:r=pc,format=gbrp16le", "-f", "rawvideo", "pipe:1");
        ushort[] rgb = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(bytes).ToArray();
        // A code of the source's depth either way, where the two round apart.
        double code = 1.0 / (pixels.Contains("12", StringComparison.Ordinal) ? 4095 : pixels.Contains("10", StringComparison.Ordinal) ? 1023 : 255);
        ColourTransfer named = ColourNames.Transfer(transfer);
        int samples = exr.G.Length, compared = 0;
        for (int i = 0; i < samples; i++)
        {
            if (!IsFlat(rgb, i, exr.Width, exr.Height))
                continue;
            compared++;
            double g = rgb[i] / 65535.0, r = rgb[(2 * samples) + i] / 65535.0;
            AssertLight(exr.G[i], g);
            AssertLight(exr.R[i], r);
        }

        Assert.InRange(compared, samples / 3, samples);

        void AssertLight(float found, double value) => Assert.InRange(
            found, (TransferCurve.ToLight(named, value - (code * unit)) * (1 - HalfStep)) - 1e-6,
            (TransferCurve.ToLight(named, Math.Min(1, value) + (code * unit)) * (1 + HalfStep)) + 1e-6);
    }

    /// <summary>Whiter than white in limited range, reference white and the peak of PQ.</summary>
    [Theory(Timeout = TimeoutMs)]
    [InlineData("yuv444p", "bt709", 235, 1.0)]
    [InlineData("yuv444p", "bt709", 255, 1.1940)]
    [InlineData("yuv444p10le", "smpte2084", 573, 1.0)]
    [InlineData("yuv444p10le", "smpte2084", 940, 49.26)]
    [InlineData("yuv444p10le", "arib-std-b67", 721, 1.0)]
    [InlineData("yuv444p10le", "arib-std-b67", 940, 3.774)]
    public async Task Luma_AboveReferenceWhite_StaysAboveOne(string pixels, string transfer, int code, double light)
    {
        int grey = pixels == "yuv444p" ? 128 : 512;
        using SourceClip clip = await SourceClip.MadeAsync(
            "flat.mkv", "-f", "lavfi", "-i", $"color=black:s=32x32:d=0.04,format={pixels},geq=lum={code}:cb={grey}:cr={grey}", "-frames:v", "1", "-c:v", "ffv1",
            "-colorspace", "bt2020nc", "-color_trc", transfer, "-color_range", "tv", "-color_primaries", "bt2020");
        ExrFile exr = new(await clip.WriteAsync(clip.Output("out.exr")));
        Assert.All([.. exr.R, .. exr.G, .. exr.B], v => Assert.InRange(v, light * 0.995, light * 1.005));
        Assert.Equal(transfer != "bt709", exr.Has("whiteLuminance"));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Header_SaysPrimariesRateAndTimecode()
    {
        using SourceClip clip = await SourceClip.MadeAsync(
            "tc.mov", ["-f", "lavfi", "-i", "testsrc2=s=48x32:r=30000/1001:d=1", .. Frames3, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-timecode", "01:00:59;28",
            "-colorspace", "bt709", "-color_primaries", "smpte432", "-color_trc", "bt709"]);
        await clip.WriteAsync(clip.Output("shot.####.exr"));
        Assert.Equal(["shot.1001.exr", "shot.1002.exr", "shot.1003.exr"], clip.Names());
        ExrFile exr = new(clip["shot.1003.exr"]);
        Assert.Equal([30000, 1001], exr.Ints("framesPerSecond"));
        Assert.Equal([0.680f, 0.320f, 0.265f, 0.690f, 0.150f, 0.060f, 0.3127f, 0.3290f], exr.Floats("chromaticities"));
        // Frames 0 and 1 of a minute are left out in drop-frame counting.
        Assert.Equal("01:01:00;02", exr.Timecode());
        Assert.Equal("01:00:59;28", new ExrFile(clip["shot.1001.exr"]).Timecode());
        Assert.DoesNotContain(clip.Warnings, w => w.Code is "timecode-dropped" or "primaries-unknown" or "transfer-assumed");
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Unsayable_IsWarnedOf()
    {
        using SourceClip clip = await SourceClip.MadeAsync(
            "tc.mov", ["-f", "lavfi", "-i", "testsrc2=s=48x32:r=60:d=1", .. Frames3, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-timecode", "01:00:00:00"]);
        await clip.WriteAsync(clip.Output("f_%06d.exr") with { Numbering = new FrameNumbering(FromSource: true) });
        Assert.Equal(["f_216000.exr", "f_216001.exr", "f_216002.exr"], clip.Names());
        Assert.False(new ExrFile(clip["f_216000.exr"]).Has("timeCode"));
        Assert.Superset(new HashSet<string> { "timecode-dropped", "primaries-unknown", "transfer-assumed" }, clip.Warnings.Select(w => w.Code).ToHashSet());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Composite_HasNoAlpha()
    {
        using SourceClip clip = await SourceClip.MadeAsync("a.png", "-f", "lavfi", "-i", "testsrc2=s=64x48:d=0.04,scale=31:19", "-pix_fmt", "rgb24", "-frames:v", "1");
        ExrFile exr = new(await clip.WriteAsync(clip.Output("out.exr") with { Composite = true }), hasAlpha: false);
        Assert.Equal((31, 19), (exr.Width, exr.Height));
        Assert.Equal("gbrpf32le", FfmpegRun.VideoEntry(clip["out.exr"], "pix_fmt"));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Noise_ThatDoesNotDeflate_IsKept()
    {
        using SourceClip clip = await SourceClip.MadeAsync(
            "noise.mkv", "-f", "lavfi", "-i", "color=black:s=64x40:d=0.04,format=gbrp16le,geq=r=random(1)*65535:g=random(2)*65535:b=random(3)*65535", "-frames:v", "1",
            "-c:v", "ffv1", "-color_trc", "iec61966-2-1");
        ExrFile exr = new(await clip.WriteAsync(clip.Output("out.exr") with { KeepsTransfer = true }, (_, x, y) => ((x * 7919) + (y * 104729)) & 0xFFFF));
        ushort[] source = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(
            FfmpegRun.Ffmpeg("-i", clip.Path, "-f", "rawvideo", "-pix_fmt", "gbrp16le", "pipe:1")).ToArray();
        for (int i = 0; i < exr.G.Length; i++)
        {
            Assert.Equal((float)(Half)(source[i] / 65535f), exr.G[i]);
            Assert.Equal((float)(Half)(((((i % 64) * 7919) + (i / 64 * 104729)) & 0xFFFF) / 65535f), exr.A[i]);
        }
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Sequence_SecondFrameIntoOnePicture_IsRefusedAndLeavesNothing()
    {
        using SourceClip clip = await SourceClip.MadeAsync("a.mkv", "-f", "lavfi", "-i", "testsrc2=s=32x32:r=25:d=0.1", "-c:v", "ffv1");
        MatteException error = await Assert.ThrowsAsync<MatteException>(() => clip.WriteAsync(clip.Output("out.exr")));
        Assert.Equal((ErrorKind.Usage, "exr-needs-pattern"), (error.Kind, error.Code));
        Assert.Empty(clip.Names());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Sequence_AFrameExists_IsRefusedUnlessOverwritten()
    {
        using SourceClip clip = await SourceClip.MadeAsync("a.mkv", ["-f", "lavfi", "-i", "testsrc2=s=32x32:r=25:d=1", .. Frames3, "-c:v", "ffv1"]);
        await File.WriteAllTextAsync(clip["f.1002.exr"], "here first");
        MatteException error = await Assert.ThrowsAsync<MatteException>(() => clip.WriteAsync(clip.Output("f.####.exr")));
        Assert.Equal("output-exists", error.Code);
        await clip.WriteAsync(clip.Output("f.####.exr") with { Overwrite = true });
        Assert.Equal(["f.1001.exr", "f.1002.exr", "f.1003.exr"], clip.Names());
        Assert.Equal(32, new ExrFile(clip["f.1002.exr"]).Width);
    }

    private static double FromLight(double light) => light <= 0.0031308 ? light * 12.92 : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055;

    private static string Scale(string matrix) => matrix == "bt2020nc" ? "bt2020" : matrix;

    private static bool IsFlat(ushort[] rgb, int i, int width, int height)
    {
        int x = i % width, y = i / width;
        if (x < 4 || y < 4 || x >= width - 4 || y >= height - 4)
            return false;
        foreach (int plane in new[] { 0, width * height, 2 * width * height })
            foreach (int step in new[] { -4, 4, -4 * width, 4 * width })
                if (rgb[plane + i] != rgb[plane + i + step])
                    return false;
        return true;
    }
}
