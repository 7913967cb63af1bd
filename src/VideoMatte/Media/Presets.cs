using VideoMatte.Frames;
using VideoMatte.Media.Pipes;

namespace VideoMatte.Media;

/// <summary>All presets, and the rules by which a name or an extension becomes one.</summary>
public static class Presets
{
    /// <summary>10-bit 4:4:4:4, what editors and compositors read.</summary>
    /// <remarks><c>prores_ks</c>, not the quicker <c>prores_aw</c>: the latter stores full alpha as 4092 of 4095, so that solid areas let
    /// the background shine through.</remarks>
    public static Preset ProRes4444 { get; } = new(
        "prores4444", ".mov", MediaContainer.Mov, CarriesAlpha: true, AllowsPremultiplied: true, HoldsMatteAlone: false, IsLossless: false,
        ["-c:v", "prores_ks", "-profile:v", "4444", "-alpha_bits", "16", "-vendor", "apl0"], "After Effects, Premiere, Resolve, Final Cut, Nuke");

    /// <summary>8-bit 4:2:0 with an 8-bit alpha layer. Browsers take it as straight.</summary>
    /// <remarks>Alternate reference frames are off because libvpx does not keep the alpha layer's in step with the picture's.</remarks>
    public static Preset Vp9Alpha { get; } = new(
        "vp9-alpha", ".webm", MediaContainer.WebM, CarriesAlpha: true, AllowsPremultiplied: false, HoldsMatteAlone: false, IsLossless: false,
        ["-c:v", "libvpx-vp9", "-auto-alt-ref", "0", "-b:v", "0", "-crf", "20", "-row-mt", "1", "-deadline", "good", "-cpu-used", "4", "-g", "120"],
        "browsers, OBS");

    /// <summary>Lossless, in the source's own format; every frame for itself, every slice with a checksum.</summary>
    public static Preset Ffv1 { get; } = new(
        "ffv1", ".mkv", MediaContainer.Matroska, CarriesAlpha: true, AllowsPremultiplied: true, HoldsMatteAlone: true, IsLossless: true,
        ["-c:v", "ffv1", "-level", "3", "-g", "1", "-slicecrc", "1"], "archive, research");

    /// <summary>One picture, or one a frame where the name holds a pattern (<c>f_%04d.png</c>). Straight, as the PNG specification says.</summary>
    public static Preset Png { get; } = new(
        "png", ".png", MediaContainer.Images, CarriesAlpha: true, AllowsPremultiplied: false, HoldsMatteAlone: true, IsLossless: true,
        ["-c:v", "png"], "compositing, research");

    /// <summary>12-bit RGB with alpha, lossy: wavelets of a few hundred kilobytes a frame, quick to decode.</summary>
    public static Preset CineForm { get; } = new(
        "cineform", ".mov", MediaContainer.Mov, CarriesAlpha: true, AllowsPremultiplied: false, HoldsMatteAlone: false, IsLossless: false,
        ["-c:v", "cfhd", "-quality", "film3+"], "Resolve, Premiere");

    /// <summary>QuickTime Animation: 8-bit RGB with alpha, lossless by runs; large, and read by every older host.</summary>
    public static Preset QtRle { get; } = new(
        "qtrle", ".mov", MediaContainer.Mov, CarriesAlpha: true, AllowsPremultiplied: true, HoldsMatteAlone: false, IsLossless: true,
        ["-c:v", "qtrle"], "older hosts, OBS");

    /// <summary>HEVC with an alpha layer, 8 bits, associated as Apple's players expect it.</summary>
    /// <remarks>Which encoder writes it is a matter of the machine: <see cref="HevcAlpha"/> finds out, and puts it into
    /// <see cref="Preset.EncoderArguments"/>.</remarks>
    public static Preset HevcAlpha { get; } = new(
        "hevc-alpha", ".mov", MediaContainer.Mov, CarriesAlpha: true, AllowsPremultiplied: true, HoldsMatteAlone: false, IsLossless: false,
        [], "Safari, Apple hosts", PremultipliedByDefault: true, AllowsStraight: false);

    /// <summary>OpenEXR, half floats of linear light: one picture, or one a frame. Written by <see cref="VideoMatte.Media.Exr.ExrEncoder"/>, not by
    /// ffmpeg, whose pipe carries no floats and whose encoder knows neither light nor chromaticities.</summary>
    public static Preset Exr { get; } = new(
        "exr", ".exr", MediaContainer.Images, CarriesAlpha: true, AllowsPremultiplied: true, HoldsMatteAlone: false, IsLossless: true,
        [], "Nuke, compositing", PremultipliedByDefault: true);

    /// <summary>One picture, or one a frame, as PNG is; straight, which the file says (ExtraSamples 2, unassociated).</summary>
    /// <remarks>Deflate: a third smaller than LZW, which ffmpeg writes without a predictor. <see cref="Stills.TiffTags"/> gives it its
    /// registered number.</remarks>
    public static Preset Tiff { get; } = new(
        "tiff", ".tif", MediaContainer.Images, CarriesAlpha: true, AllowsPremultiplied: false, HoldsMatteAlone: true, IsLossless: true,
        ["-c:v", "tiff", "-compression_algo", "deflate"], "print, compositing", OtherExtension: ".tiff");

    /// <summary>8-bit 4:4:4 of full range without alpha: one picture, or one a frame, of JFIF's colours.</summary>
    public static Preset Jpeg { get; } = new(
        "jpeg", ".jpg", MediaContainer.Images, CarriesAlpha: false, AllowsPremultiplied: false, HoldsMatteAlone: true, IsLossless: false,
        ["-c:v", "mjpeg", "-q:v", "2"], "previews, web", OtherExtension: ".jpeg");

    /// <summary>8-bit 4:2:0 without alpha.</summary>
    public static Preset H264 { get; } = new(
        "h264", ".mp4", MediaContainer.Mp4, CarriesAlpha: false, AllowsPremultiplied: false, HoldsMatteAlone: true, IsLossless: false,
        ["-c:v", "libx264", "-preset", "medium", "-crf", "18"], "previews, streams");

    /// <summary>Raw planes with alpha behind them, one stream, for the program behind a pipe. Chosen by <c>-</c>, not by name.</summary>
    public static Preset Nut { get; } = new(
        "nut", "", MediaContainer.Nut, CarriesAlpha: true, AllowsPremultiplied: true, HoldsMatteAlone: false, IsLossless: true,
        ["-c:v", "rawvideo"], "pipes");

    /// <summary>Every preset that has files.</summary>
    public static IReadOnlyList<Preset> All { get; } = [ProRes4444, Vp9Alpha, Ffv1, CineForm, QtRle, HevcAlpha, Png, Exr, Tiff, Jpeg, H264];

    /// <summary>Those that carry alpha, as a sentence names them: <c>prores4444 (.mov), vp9-alpha (.webm), ...</c>.</summary>
    public static string NamesThatCarryAlpha => string.Join(", ", All.Where(p => p.CarriesAlpha).Select(p => $"{p.Id} ({p.Extension})"));

    /// <summary>The extensions of those that hold a matte alone at so many bits, as a sentence names them.</summary>
    internal static string ExtensionsOfMattes(int depth) =>
        string.Join(", ", All.Where(p => p.HoldsMatteAlone && p.MatteDepth == depth).Select(p => p.Extension));

    /// <summary>The preset of an output.</summary>
    /// <param name="id">As the user named it, or null: by the extension of <paramref name="outputPath"/>.</param>
    /// <param name="outputPath">Its extension must be the preset's.</param>
    /// <exception cref="MatteException">Usage: <c>preset-unknown</c>, <c>output-extension</c>.</exception>
    public static Preset Resolve(string? id, string outputPath)
    {
        ArgumentNullException.ThrowIfNull(outputPath);
        if (outputPath == StandardStreams.Name)
            return id is null or "nut" ? Nut : throw new MatteException(
                ErrorKind.Usage, "output-pipe", $"-o - writes raw frames with alpha as NUT, and --preset is {id}: leave --preset out, or name a file.");
        if (id is null)
            return All.FirstOrDefault(p => p.Names(outputPath)) ?? throw ByExtension(outputPath);
        Preset preset = All.FirstOrDefault(p => p.Id == id) ?? throw Unknown(id);
        if (!preset.Names(outputPath))
            throw new MatteException(
                ErrorKind.Usage, "output-extension", $"The preset {id} makes {string.Join(" or ", preset.Extensions)} files, and the output is {outputPath}: give it that extension.");
        return preset;
    }

    /// <summary>How alpha lies in the output: true associated, false straight.</summary>
    /// <param name="preset">Of the output.</param>
    /// <param name="asked">By the user; null: the preset's own.</param>
    /// <exception cref="MatteException">Usage, <c>alpha-straight-only</c>, <c>alpha-premultiplied-only</c>.</exception>
    public static bool IsPremultiplied(Preset preset, bool? asked)
    {
        ArgumentNullException.ThrowIfNull(preset);
        if (asked == true && !preset.AllowsPremultiplied)
            throw new MatteException(
                ErrorKind.Usage,
                "alpha-straight-only",
                $"--alpha premultiplied does not go with {preset.Id}, whose readers expect straight alpha: use "
                + string.Join(" or ", All.Where(p => p.AllowsPremultiplied).Select(p => p.Id)) + ".");
        if (asked == false && !preset.AllowsStraight)
            throw new MatteException(
                ErrorKind.Usage,
                "alpha-premultiplied-only",
                $"--alpha straight does not go with {preset.Id}, whose readers expect premultiplied alpha: leave it out, or use prores4444.");
        return asked ?? preset.PremultipliedByDefault;
    }

    private static MatteException Unknown(string id) =>
        new(ErrorKind.Usage, "preset-unknown", $"There is no preset {id}: use one of {string.Join(", ", All.Select(p => p.Id))}.");

    private static MatteException ByExtension(string outputPath) =>
        new(
            ErrorKind.Usage, "output-extension",
            $"The extension of {outputPath} names no preset: use {string.Join(", ", All.SelectMany(p => p.Extensions).Distinct(StringComparer.Ordinal))}, or choose with --preset.");
}
