using System.Runtime.InteropServices;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Tests.Media;

/// <summary>Pictures of every colour and depth through every preset ffmpeg encodes, against what ffmpeg writes from the same source with the
/// same encoder, settings and scale flags; ffv1 against the source itself.</summary>
public sealed class PresetPictureTests(ITestOutputHelper output)
{
    private const int TimeoutMs = 120_000;
    private const int Width = 160;
    private const int Height = 96;

    /// <summary>Codes of the decoded format, the issue's own.</summary>
    private const int Codes = 1;

    private const string Flags = "flags=bicubic+accurate_rnd+full_chroma_int:sws_dither=none";

    /// <summary>Pixel format, matrix, range, primaries, transfer of the sources.</summary>
    private static readonly Dictionary<string, string[]> Sources = new(StringComparer.Ordinal)
    {
        ["601"] = ["yuv420p", "smpte170m", "tv", "smpte170m", "smpte170m"],
        ["709"] = ["yuv420p", "bt709", "tv", "bt709", "bt709"],
        ["709-full"] = ["yuv444p", "bt709", "pc", "bt709", "iec61966-2-1"],
        ["709-10"] = ["yuv422p10le", "bt709", "tv", "bt709", "bt709"],
        ["601-full-10"] = ["yuv444p10le", "smpte170m", "pc", "smpte170m", "smpte170m"],
        ["pq"] = ["yuv420p10le", "bt2020nc", "tv", "bt2020", "smpte2084"],
        ["hlg"] = ["yuv420p10le", "bt2020nc", "tv", "bt2020", "arib-std-b67"],
        ["2020-12"] = ["yuv444p12le", "bt2020nc", "tv", "bt2020", "bt2020-12"],
        ["rgb"] = ["gbrp", "gbr", "pc", "bt709", "iec61966-2-1"],
        ["rgb-10"] = ["gbrp10le", "gbr", "pc", "bt709", "iec61966-2-1"],
        ["rgb-12"] = ["gbrp12le", "gbr", "pc", "bt709", "iec61966-2-1"],
    };

    [Theory(Timeout = TimeoutMs)]
    [InlineData("601", "prores4444")]
    [InlineData("709-full", "prores4444")]
    [InlineData("709-10", "prores4444")]
    [InlineData("pq", "prores4444")]
    [InlineData("2020-12", "prores4444")]
    [InlineData("rgb", "prores4444")]
    [InlineData("709", "vp9-alpha")]
    [InlineData("hlg", "vp9-alpha")]
    [InlineData("709", "cineform")]
    [InlineData("601-full-10", "cineform")]
    [InlineData("pq", "cineform")]
    [InlineData("rgb-12", "cineform")]
    [InlineData("601", "qtrle")]
    [InlineData("709-full", "qtrle")]
    [InlineData("709-10", "qtrle")]
    [InlineData("rgb", "qtrle")]
    [InlineData("709", "png")]
    [InlineData("709-10", "png")]
    [InlineData("2020-12", "png")]
    [InlineData("709-10", "tiff")]
    [InlineData("709", "jpeg")]
    [InlineData("hlg", "jpeg")]
    [InlineData("rgb-10", "jpeg")]
    [InlineData("709", "h264")]
    [InlineData("hlg", "h264")]
    public async Task Picture_IsWhatFfmpegWritesItself(string source, string preset)
    {
        string[] s = Sources[source];
        using SourceClip clip = await MakeAsync(s);
        Preset kind = Presets.All.Single(p => p.Id == preset);
        string number = kind.Container == MediaContainer.Images ? "_%04d" : "", name = "out" + number + kind.Extension, twin = clip["twin" + number + kind.Extension];
        string file = await clip.WriteAsync(clip.Output(name, preset) with { Composite = !kind.CarriesAlpha });

        bool rgb = s[1] == "gbr", deep = s[0].Contains("1", StringComparison.Ordinal) && !s[0].EndsWith("p", StringComparison.Ordinal);
        // The twin of an RGB file has no alpha: the scaler's way from RGB to RGB with alpha is not exact.
        (string planes, string pixels) = preset switch
        {
            "prores4444" => ("yuv444p10le", "yuva444p10le"),
            "vp9-alpha" => ("yuv420p", "yuva420p"),
            "h264" => ("yuv420p", "yuv420p"),
            "jpeg" => ("yuv444p", "yuvj444p"),
            "tiff" => ("gbrp16le", "rgb48le"),
            "cineform" => ("gbrp12le", "gbrp12le"),
            "qtrle" => ("gbrp", "rgb24"),
            _ => deep ? ("gbrp16le", "rgb48be") : ("gbrp", "rgb24"),
        };
        bool storesRgb = planes.StartsWith("gbr", StringComparison.Ordinal);
        string range = storesRgb || preset == "jpeg" ? "pc" : preset == "prores4444" || rgb ? "tv" : s[2], matrix = Scale(rgb ? "smpte170m" : s[1]), stored = preset == "jpeg" ? "smpte170m" : matrix;
        string filter = $"scale={Flags}:in_color_matrix={matrix}:out_color_matrix={stored}:in_range={s[2]}:out_range={range},format={planes},format={pixels}";
        FfmpegRun.Ffmpeg(["-i", clip.Path, "-vf", filter, "-fps_mode", "passthrough", .. kind.EncoderArguments, "-pix_fmt", pixels, twin]);

        string compared = preset switch { "prores4444" => "yuv444p12le", "jpeg" => "yuvj444p", _ => planes };
        int[] ours = Decoded(file, compared, kind.CarriesAlpha), theirs = Decoded(twin, compared, kind.CarriesAlpha && !storesRgb);
        Assert.Equal(theirs.Length, ours.Length);
        int worst = 0;
        double sum = 0;
        for (int i = 0; i < ours.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(ours[i] - theirs[i]));
            sum += Math.Pow(ours[i] - theirs[i], 2);
        }

        output.WriteLine(FormattableString.Invariant($"{source} {preset}: at most {worst} codes, mean square {sum / ours.Length:G3}"));
        Assert.InRange(worst, 0, Codes);
        AssertTags(preset, s, file);
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData("601", 8, 8)]
    [InlineData("709-full", 8, 8)]
    [InlineData("709-10", 10, 10)]
    [InlineData("pq", 10, 10)]
    [InlineData("hlg", 10, 10)]
    [InlineData("2020-12", 12, 16)]
    [InlineData("rgb", 8, 8)]
    [InlineData("rgb-10", 10, 10)]
    [InlineData("rgb-12", 12, 12)]
    public async Task Ffv1_KeepsEveryBitAndTag(string source, int depth, int stored)
    {
        string[] s = Sources[source];
        using SourceClip clip = await MakeAsync(s);
        string file = await clip.WriteAsync(clip.Output("out.mkv"), (_, x, y) => (x * 251) + (y * 17));
        int[] planes = Decoded(clip.Path, s[0], hasAlpha: false), found = Decoded(file, s[0].StartsWith("gbr", StringComparison.Ordinal)
            ? s[0]
            : s[0][..7] + (stored == 8 ? "" : $"{stored}le"), hasAlpha: true);
        Assert.Equal(planes, found.Select(v => v >> (stored - depth)));
        AssertTags("ffv1", s, file);
    }

    /// <summary>Deeper RGB in 16-bit PNG: the top bits are the source's own.</summary>
    [Theory(Timeout = TimeoutMs)]
    [InlineData("rgb-10", 10)]
    [InlineData("rgb-12", 12)]
    public async Task Png_KeepsEveryBitOfDeepRgb(string source, int depth)
    {
        string[] s = Sources[source];
        using SourceClip clip = await MakeAsync(s);
        string file = await clip.WriteAsync(clip.Output("out_%04d.png"));
        Assert.Equal(Decoded(clip.Path, s[0], hasAlpha: false), Decoded(file, "gbrp16le", hasAlpha: true).Select(v => v >> (16 - depth)));
    }

    /// <summary>Y'CbCr in ProRes: 8- and 10-bit codes have codes of their own, 12-bit ones are rounded and said to be.</summary>
    [Theory(Timeout = TimeoutMs)]
    [InlineData("709", 8, false)]
    [InlineData("709-10", 10, false)]
    [InlineData("2020-12", 12, true)]
    [InlineData("709-full", 8, false)]
    public async Task ProRes_SaysWhatItCannotHold(string source, int depth, bool reduced)
    {
        string[] s = Sources[source];
        using SourceClip clip = await MakeAsync(s);
        await clip.WriteAsync(clip.Output("out.mov"));
        Assert.Equal(reduced, clip.Warnings.Any(w => w.Code == "depth-reduced" && w.Message.Contains($"{depth}", StringComparison.Ordinal)));
        Assert.Equal(s[2] == "pc", clip.Warnings.Any(w => w.Code == "range-converted"));
    }

    private static Task<SourceClip> MakeAsync(string[] s) => SourceClip.MadeAsync(
        "source.mkv", ["-f", "lavfi", "-i", $"testsrc2=s={Width}x{Height}:r=25:d=0.12", "-vf",
            $"scale=out_color_matrix={Scale(s[1])}:out_range={s[2]},format={s[0]},setparams=range={s[2]}:colorspace={s[1]}:color_primaries={s[3]}:color_trc={s[4]}",
            "-c:v", "ffv1", "-color_range", s[2], "-colorspace", s[1] == "gbr" ? "rgb" : s[1], "-color_primaries", s[3], "-color_trc", s[4]]);

    private static string Scale(string matrix) => matrix switch { "bt2020nc" => "bt2020", "gbr" => "smpte170m", _ => matrix };

    /// <summary>The picture's planes of all frames as the decoder gives them, no scaler between.</summary>
    private static int[] Decoded(string file, string planes, bool hasAlpha)
    {
        string[] decoder = file.EndsWith(".webm", StringComparison.Ordinal) ? ["-c:v", "libvpx-vp9"] : [];
        bool words = planes.EndsWith("le", StringComparison.Ordinal);
        byte[] bytes;
        if (planes.StartsWith("gbr", StringComparison.Ordinal))
            bytes = FfmpegRun.Ffmpeg([.. decoder, "-i", file, "-filter_complex", "extractplanes=r+g+b[r][g][b];[g][b][r]vstack=3", "-fps_mode", "passthrough", "-f", "rawvideo",
                "-pix_fmt", planes.Replace("gbrp", "gray", StringComparison.Ordinal), "pipe:1"]);
        else
            bytes = FfmpegRun.Ffmpeg([.. decoder, "-i", file, "-fps_mode", "passthrough", "-f", "rawvideo",
                "-pix_fmt", hasAlpha ? planes.Replace("yuv", "yuva", StringComparison.Ordinal) : planes, "pipe:1"]);
        int[] all = words ? [.. MemoryMarshal.Cast<byte, ushort>(bytes).ToArray().Select(v => (int)v)] : [.. bytes.Select(b => (int)b)];
        if (!hasAlpha || planes.StartsWith("gbr", StringComparison.Ordinal))
            return all;
        int picture = Width * Height * (planes.Contains("420", StringComparison.Ordinal) ? 3 : planes.Contains("422", StringComparison.Ordinal) ? 4 : 6) / 2;
        return [.. all.Chunk(picture + (Width * Height)).SelectMany(frame => frame.Take(picture))];
    }

    private static void AssertTags(string preset, string[] s, string file)
    {
        // The PNG of ffmpeg 5.1 holds primaries and transfer as chunks its own reader does not name; TIFF and JPEG have no such tags.
        if (preset is "png" or "tiff" or "jpeg")
            return;
        bool rgb = s[1] == "gbr", storesRgb = preset is "cineform" or "qtrle" || (preset == "ffv1" && rgb);
        Assert.Equal(storesRgb ? "gbr" : rgb ? "smpte170m" : s[1], FfmpegRun.VideoEntry(file, "color_space"));
        Assert.Equal(s[3], FfmpegRun.VideoEntry(file, "color_primaries"));
        Assert.Equal(s[4], FfmpegRun.VideoEntry(file, "color_transfer"));
        if (!storesRgb)
            Assert.Equal(preset == "prores4444" || rgb ? "tv" : s[2], FfmpegRun.VideoEntry(file, "color_range"));
    }
}
