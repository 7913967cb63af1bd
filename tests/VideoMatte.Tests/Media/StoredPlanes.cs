using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace VideoMatte.Tests.Media;

/// <summary>Planes of a finished file, taken from whole frames as ffmpeg's decoder gives them. Its filter <c>extractplanes</c> is not asked:
/// in 5.1 it loses the last sample of odd chroma rows above 8 bits, and takes the alpha of <c>ya8</c> one sample too far to the left.</summary>
internal static partial class StoredPlanes
{
    /// <summary>Packed formats and the planar ones that hold the same samples.</summary>
    private static readonly Dictionary<string, string> Planar = new(StringComparer.Ordinal)
    {
        ["bgra"] = "gbrap", ["rgba"] = "gbrap", ["argb"] = "gbrap", ["rgba64be"] = "gbrap16le", ["rgb24"] = "gbrp", ["bgr0"] = "gbrp", ["rgb48be"] = "gbrp16le",
        ["gray16be"] = "gray16le",
    };

    /// <summary>Samples of plane <paramref name="plane"/> (y, u, v, g, b, r or a) of one frame.</summary>
    /// <param name="file">The file.</param>
    /// <param name="plane">Its letter.</param>
    /// <param name="frame">From 0.</param>
    /// <param name="decoder">Arguments before the input, such as a decoder's name; with libvpx-vp9 the frames have alpha, whatever the file says.</param>
    public static int[] Read(string file, char plane, int frame, params string[] decoder)
    {
        string stored = decoder.Contains("libvpx-vp9") ? "yuva420p" : FfmpegRun.VideoEntry(file, "pix_fmt");
        int width = Number(FfmpegRun.VideoEntry(file, "width")), height = Number(FfmpegRun.VideoEntry(file, "height"));
        string format = Planar.GetValueOrDefault(stored, stored);
        string select = string.Create(CultureInfo.InvariantCulture, $"select=eq(n\\,{frame})");
        byte[] bytes = FfmpegRun.Ffmpeg(
            [.. decoder, "-i", file, "-vf", select, "-fps_mode", "passthrough", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", format, "pipe:1"]);
        return Split(bytes, format, plane, width, height);
    }

    private static int[] Split(byte[] bytes, string format, char plane, int width, int height)
    {
        if (format == "ya8")
            return [.. Enumerable.Range(0, width * height).Select(i => (int)bytes[(2 * i) + (plane == 'a' ? 1 : 0)])];
        Match parts = Name().Match(format);
        Assert(parts.Success, format);
        string order = parts.Groups[1].Value switch { "gray" => "y", "yuv" => "yuv", "yuva" => "yuva", "gbr" => "gbr", _ => "gbra" };
        bool halfX = parts.Groups[2].Value is "420" or "422", halfY = parts.Groups[2].Value == "420", deep = parts.Groups[3].Value.Length > 0;
        int[] values = deep ? [.. MemoryMarshal.Cast<byte, ushort>(bytes).ToArray().Select(v => (int)v)] : [.. bytes.Select(b => (int)b)];
        int at = 0;
        foreach (char letter in order)
        {
            bool chroma = letter is 'u' or 'v';
            int count = (chroma && halfX ? (width + 1) / 2 : width) * (chroma && halfY ? (height + 1) / 2 : height);
            if (letter == plane)
                return values[at..(at + count)];
            at += count;
        }

        throw new InvalidOperationException($"{format} has no plane {plane}");
    }

    private static void Assert(bool known, string format)
    {
        if (!known)
            throw new InvalidOperationException("no planes known of " + format);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(gray|yuva|yuv|gbra|gbr)(420|422|444)?p?(\\d+)?(?:le)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
