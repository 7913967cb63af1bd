using System.Globalization;
using System.Runtime.InteropServices;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Media.Stills;
using VideoMatte.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Tests.Media;

/// <summary>Alpha through the presets that no other test covers, straight and associated, decoded again.</summary>
public sealed class PresetAlphaTests(ITestOutputHelper output)
{
    private const int TimeoutMs = 120_000;
    private const int Width = 160;
    private const int Height = 96;

    /// <summary>CineForm's wavelets on alpha, of 4095: measured 23 on this ramp and rim.</summary>
    private const int CineFormTolerance = 32;

    /// <summary>The issue's own, of 255.</summary>
    private const double AboveAlpha = 2;

    /// <summary>What ProRes's quantiser may leave where alpha is 0, of 255; measured 1.1 on this noise, and 1.4 above alpha.</summary>
    private const double ProResTint = 2;

    [Theory(Timeout = TimeoutMs)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task QtRle_Alpha_IsTheRoundedMatte(bool premultiplied)
    {
        using SourceClip clip = await ClipAsync("yuv420p10le");
        string file = await clip.WriteAsync(clip.Output("out.mov", "qtrle") with { Premultiplied = premultiplied }, Matte);
        Assert.Equal("argb", FfmpegRun.VideoEntry(file, "pix_fmt"));
        AssertAlpha(file, "gray", 8, 0);
        Assert.Contains(clip.Warnings, w => w.Code == "depth-reduced");
    }

    /// <summary>Every code of a matte, into numbered pictures: alpha to the bit, straight by its tag, and the colours of the PNGs.</summary>
    [Theory(Timeout = TimeoutMs)]
    [InlineData("yuv420p", "rgba", "gray", 8)]
    [InlineData("yuv420p10le", "rgba64le", "gray16le", 16)]
    public async Task Tiff_IsThePng_AndItsAlphaTheRoundedMatte(string pixels, string stored, string grey, int depth)
    {
        static int EveryCode(long frame, int x, int y) => (int)Math.Min(AlphaMatte.Opaque, (((frame * Height) + y) * Width) + x);
        using SourceClip clip = await ClipAsync(pixels, 5);
        await clip.WriteAsync(clip.Output("out.##.tif"), EveryCode);
        Assert.Equal(["out.01.tif", "out.02.tif", "out.03.tif", "out.04.tif", "out.05.tif"], clip.Names());
        string tiff = clip["out.%02d.tif"], png = await clip.WriteAsync(clip.Output("out.%02d.png"), EveryCode);
        Assert.Equal(stored, FfmpegRun.VideoEntry(tiff, "pix_fmt"));
        AssertAlpha(tiff, grey, depth, 0, EveryCode, 5);
        Assert.Equal(Rgb(png), Rgb(tiff));
        AssertTiff(clip["out.01.tif"]);

        byte[] Rgb(string file) => FfmpegRun.Ffmpeg(
            "-i", file, "-filter_complex", "extractplanes=r+g+b[r][g][b];[g][b][r]vstack=3", "-fps_mode", "passthrough", "-pix_fmt", grey, "-f", "rawvideo", "pipe:1");
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task CineForm_Alpha_IsNearTheRoundedMatte()
    {
        using SourceClip clip = await ClipAsync("yuv420p");
        string file = await clip.WriteAsync(clip.Output("out.mov", "cineform"), Matte);
        Assert.Equal("gbrap12le", FfmpegRun.VideoEntry(file, "pix_fmt"));
        AssertAlpha(file, "gray12le", 12, CineFormTolerance);
    }

    [Theory]
    [InlineData(720, 1364, "720x1368")]
    [InlineData(400, 300, "400x304")]
    [InlineData(1080, 1920, "1088x1920")]
    [InlineData(960, 540, "960x544")]
    [InlineData(16, 32, "32x32")]
    [InlineData(101, 77, "112x80")]
    public void CineForm_ASizeItsEncoderCrashesAt_IsRefused(int width, int height, string proposed)
    {
        MatteException error = Assert.Throws<MatteException>(() => OutputLimits.Check(new OutputSpec("out.mov", Presets.CineForm), width, height));
        Assert.Equal((ErrorKind.Usage, "size-unsupported"), (error.Kind, error.Code));
        Assert.Contains("--size " + proposed, error.Message, StringComparison.Ordinal);
        OutputLimits.Check(new OutputSpec("out.mov", Presets.ProRes4444), width, height);
    }

    /// <summary>Sizes that are let through are written: the smallest, heights of 8 x odd, and the one everybody has.</summary>
    [Theory(Timeout = TimeoutMs)]
    [InlineData(32, 32)]
    [InlineData(48, 40)]
    [InlineData(400, 312)]
    [InlineData(1920, 1080)]
    public async Task CineForm_ASizeThatIsTaken_IsWritten(int width, int height)
    {
        using SourceClip clip = await SourceClip.MadeAsync(
            "a.mkv", "-f", "lavfi", "-i", $"testsrc2=s={width}x{height}:r=25:d=0.08", "-pix_fmt", "yuv420p", "-c:v", "ffv1");
        string file = await clip.WriteAsync(clip.Output("out.mov", "cineform"), Matte);
        Assert.Equal(width * height * 2, FfmpegRun.Ffmpeg("-i", file, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray12le", "-vf", "extractplanes=a", "pipe:1").Length);
    }

    /// <summary>Noise far outside legal colours under every alpha: nothing may exceed alpha, nothing shines where there is none.</summary>
    [Theory(Timeout = TimeoutMs)]
    [InlineData("ffv1", "yuv420p", 0)]
    [InlineData("ffv1", "yuv444p10le", 0)]
    [InlineData("qtrle", "yuv420p", 0)]
    [InlineData("qtrle", "gbrp", 0)]
    [InlineData("prores4444", "yuv420p", ProResTint)]
    [InlineData("prores4444", "yuv422p10le", ProResTint)]
    public async Task Premultiplied_NoColourExceedsAlpha(string preset, string pixels, double mostTint)
    {
        using SourceClip clip = await ClipAsync(pixels);
        string name = "out" + Presets.All.Single(p => p.Id == preset).Extension;
        string file = await clip.WriteAsync(clip.Output(name, preset) with { Premultiplied = true }, Matte);
        byte[] bytes = FfmpegRun.Ffmpeg("-i", file, "-vf", "scale=flags=bicubic+accurate_rnd+full_chroma_int:sws_dither=none,format=gbrap16le", "-fps_mode", "passthrough",
            "-f", "rawvideo", "pipe:1");
        ushort[] all = MemoryMarshal.Cast<byte, ushort>(bytes).ToArray();
        double worst = 0, tint = 0;
        int samples = Width * Height;
        for (int frame = 0; frame * 4 * samples < all.Length; frame++)
        {
            ReadOnlySpan<ushort> planes = all.AsSpan(frame * 4 * samples, 4 * samples);
            for (int i = 0; i < samples; i++)
            {
                double most = Math.Max(planes[i], Math.Max(planes[samples + i], planes[(2 * samples) + i])) / 257.0, alpha = planes[(3 * samples) + i] / 257.0;
                worst = Math.Max(worst, most - alpha);
                if (alpha == 0)
                    tint = Math.Max(tint, most);
            }
        }

        output.WriteLine(FormattableString.Invariant($"{preset} {pixels}: at most {worst:F2} above alpha, {tint:F2} where there is none"));
        Assert.InRange(worst, double.NegativeInfinity, AboveAlpha);
        Assert.InRange(tint, 0, mostTint);
    }

    [Theory]
    [InlineData("vp9-alpha", true, "alpha-straight-only")]
    [InlineData("png", true, "alpha-straight-only")]
    [InlineData("tiff", true, "alpha-straight-only")]
    [InlineData("cineform", true, "alpha-straight-only")]
    [InlineData("hevc-alpha", false, "alpha-premultiplied-only")]
    public void Association_ThePresetDoesNotHave_IsRefused(string preset, bool asked, string code)
    {
        MatteException error = Assert.Throws<MatteException>(() => Presets.IsPremultiplied(Presets.All.Single(p => p.Id == preset), asked));
        Assert.Equal((ErrorKind.Usage, code), (error.Kind, error.Code));
    }

    [Theory]
    [InlineData("prores4444", null, false)]
    [InlineData("qtrle", true, true)]
    [InlineData("hevc-alpha", null, true)]
    [InlineData("exr", null, true)]
    [InlineData("exr", false, false)]
    public void Association_ByDefault_IsThePresetsOwn(string preset, bool? asked, bool premultiplied) =>
        Assert.Equal(premultiplied, Presets.IsPremultiplied(Presets.All.Single(p => p.Id == preset), asked));

    private static Task<SourceClip> ClipAsync(string pixels, int frames = 3) => SourceClip.MadeAsync(
        "noise.mkv", "-f", "lavfi", "-i",
        string.Create(CultureInfo.InvariantCulture, $"testsrc2=s={Width}x{Height}:r=25:d={frames * 0.04},noise=alls=60:allf=t,format={pixels},setparams=range={(pixels.StartsWith("gbr", StringComparison.Ordinal) ? "pc:colorspace=gbr" : "tv:colorspace=bt709")}"),
        "-c:v", "ffv1", "-color_range", pixels.StartsWith("gbr", StringComparison.Ordinal) ? "pc" : "tv", "-colorspace", pixels.StartsWith("gbr", StringComparison.Ordinal) ? "rgb" : "bt709");

    /// <summary>None on the left, a ramp through every value, a hard edge, full on the right.</summary>
    private static int Matte(long frame, int x, int y)
    {
        int ramp = Math.Clamp((((x - 40) * Height) + y) * AlphaMatte.Opaque / (80 * Height), 0, AlphaMatte.Opaque);
        return y > Height - 12 ? (x + frame) % 32 < 16 ? 0 : AlphaMatte.Opaque : ramp;
    }

    /// <summary>Deflate by its registered number, and one more sample, which is straight alpha.</summary>
    private static void AssertTiff(string file)
    {
        using StillBytes bytes = new(File.OpenRead(file));
        TiffDirectory directory = TiffDirectory.Read(bytes, 0);
        Assert.Equal((8u, 4u, 2u), (directory.Number(259), directory.Number(277), directory.Number(338)));
    }

    private void AssertAlpha(string file, string pixels, int depth, int tolerance, Func<long, int, int, int>? matte = null, int frames = 3)
    {
        byte[] bytes = FfmpegRun.Ffmpeg("-i", file, "-vf", "extractplanes=a", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", pixels, "pipe:1");
        int[] found = depth == 8 ? [.. bytes.Select(b => (int)b)] : [.. MemoryMarshal.Cast<byte, ushort>(bytes).ToArray().Select(v => (int)v)];
        int worst = 0, samples = Width * Height, full = (1 << depth) - 1;
        Assert.Equal(frames * samples, found.Length);
        for (int i = 0; i < found.Length; i++)
        {
            int wanted = (int)Math.Round((matte ?? Matte)(i / samples, i % Width, i % samples / Width) * (decimal)full / AlphaMatte.Opaque);
            worst = Math.Max(worst, Math.Abs(found[i] - wanted));
        }

        output.WriteLine(FormattableString.Invariant($"alpha off by at most {worst} of {full}"));
        Assert.InRange(worst, 0, tolerance);
    }
}
