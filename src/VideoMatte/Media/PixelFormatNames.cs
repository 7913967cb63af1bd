using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>ffmpeg's names of pixel formats, and the tags raw video has in NUT.</summary>
public static class PixelFormatNames
{
    /// <summary>Depths for which ffmpeg has planar formats of ours.</summary>
    private static readonly int[] Depths = [8, 9, 10, 12, 14, 16];

    /// <summary>ffmpeg's name of our planes: <c>yuv422p10le</c>, <c>gbrp</c>, <c>gray16le</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A depth ffmpeg has no such format for.</exception>
    public static string Of(PlaneLayout layout, int depth) => Stem(layout, alpha: false) + Suffix(depth);

    /// <summary>ffmpeg's name of our planes with alpha behind them: <c>yuva444p10le</c>, <c>gbrap12le</c>, <c>ya16le</c>. Not every one
    /// exists at every depth (no yuva at 14, ya at 8 and 16 only).</summary>
    public static string WithAlpha(PlaneLayout layout, int depth) =>
        layout == PlaneLayout.Gray ? depth == 8 ? "ya8" : "ya" + depth.ToString(CultureInfo.InvariantCulture) + "le" : Stem(layout, alpha: true) + Suffix(depth);

    /// <summary>The four bytes by which NUT names raw video of our planes, first byte lowest.</summary>
    /// <param name="layout">Planes.</param>
    /// <param name="depth">Significant bits.</param>
    /// <param name="withAlpha">A plane of alpha comes last.</param>
    public static uint NutTag(PlaneLayout layout, int depth, bool withAlpha = false)
    {
        if (depth == 8 && !withAlpha)
        {
            switch (layout)
            {
                case PlaneLayout.Yuv420: return Tag('I', '4', '2', '0');
                case PlaneLayout.Yuv422: return Tag('Y', '4', '2', 'B');
                case PlaneLayout.Yuv444: return Tag('4', '4', '4', 'P');
                case PlaneLayout.Gray: return Tag('Y', '8', '0', '0');
            }
        }

        int planes = (layout == PlaneLayout.Gray ? 1 : 3) + (withAlpha ? 1 : 0);
        int subsampling = layout switch { PlaneLayout.Yuv420 => 11, PlaneLayout.Yuv422 => 10, _ => 0 };
        return Tag(layout == PlaneLayout.Gbr ? 'G' : 'Y', (char)('0' + planes), (char)subsampling, (char)Checked(depth));
    }

    /// <summary>What to ask the decoder for, given the format of the source.</summary>
    /// <param name="name">As ffprobe says it. Untrusted.</param>
    /// <returns>Null where the format is unknown to us (hardware surfaces, Bayer patterns of a kind, none at all).</returns>
    public static SourcePixels? Resolve(string? name) =>
        name is null ? null : Planar(name) ?? Packed(WithoutByteOrder(name));

    private static SourcePixels? Planar(string name)
    {
        ReadOnlySpan<char> rest = WithoutByteOrder(name);
        bool jpeg = Take(ref rest, "yuvj"), alpha = !jpeg && Take(ref rest, "yuva");
        if (jpeg || alpha || Take(ref rest, "yuv"))
        {
            if (rest.Length < 4 || rest[3] != 'p' || !TryDepth(rest[4..], out int depth))
                return null;
            (PlaneLayout Layout, bool Exact)? kind = rest[..3] switch
            {
                "420" => (PlaneLayout.Yuv420, true),
                "422" => (PlaneLayout.Yuv422, true),
                "444" => (PlaneLayout.Yuv444, true),
                "440" or "411" or "410" => (PlaneLayout.Yuv444, false),
                _ => null,
            };
            if (kind is not { } found)
                return null;
            string ask = jpeg ? "yuvj" + Of(found.Layout, 8)[3..] : Of(found.Layout, depth);
            return new SourcePixels(ask, found.Layout, depth, alpha, jpeg, IsExact: found.Exact);
        }

        if (Take(ref rest, "gbrap"))
        {
            if (rest is "f32")
                return new SourcePixels("gbrp16le", PlaneLayout.Gbr, 16, true, false, IsExact: false);
            // ffmpeg's own way from gbrap to gbrp scales the samples by the alpha at some depths: the plane is dropped here instead.
            return TryDepth(rest, out int depth) ? new SourcePixels("gbrap" + Suffix(depth), PlaneLayout.Gbr, depth, true, false) : null;
        }

        if (Take(ref rest, "gbrp"))
        {
            if (rest is "f32")
                return new SourcePixels("gbrp16le", PlaneLayout.Gbr, 16, false, false, IsExact: false);
            return TryDepth(rest, out int depth) ? new SourcePixels(Of(PlaneLayout.Gbr, depth), PlaneLayout.Gbr, depth, false, false) : null;
        }

        if (Take(ref rest, "gray"))
        {
            if (rest is "f32")
                return new SourcePixels("gray16le", PlaneLayout.Gray, 16, false, false, IsExact: false);
            return TryDepth(rest, out int depth) ? new SourcePixels(Of(PlaneLayout.Gray, depth), PlaneLayout.Gray, depth, false, false) : null;
        }

        return null;
    }

    private static SourcePixels? Packed(string name) => name switch
    {
        "nv12" or "nv21" => Samples(PlaneLayout.Yuv420, 8),
        "nv16" or "yuyv422" or "uyvy422" or "yvyu422" => Samples(PlaneLayout.Yuv422, 8),
        "nv24" or "nv42" => Samples(PlaneLayout.Yuv444, 8),
        "vuyx" => Samples(PlaneLayout.Yuv444, 8),
        "vuya" or "ayuv" => Samples(PlaneLayout.Yuv444, 8, alpha: true),
        "ayuv64" => Samples(PlaneLayout.Yuv444, 16, alpha: true),
        "p010" => Samples(PlaneLayout.Yuv420, 10),
        "p012" => Samples(PlaneLayout.Yuv420, 12),
        "p016" => Samples(PlaneLayout.Yuv420, 16),
        "nv20" or "p210" or "y210" => Samples(PlaneLayout.Yuv422, 10),
        "p212" or "y212" => Samples(PlaneLayout.Yuv422, 12),
        "p216" or "y216" => Samples(PlaneLayout.Yuv422, 16),
        "p410" or "xv30" => Samples(PlaneLayout.Yuv444, 10),
        "p412" or "xv36" => Samples(PlaneLayout.Yuv444, 12),
        "p416" or "xv48" => Samples(PlaneLayout.Yuv444, 16),
        "uyyvyy411" => Samples(PlaneLayout.Yuv444, 8, exact: false),
        "ya8" => Samples(PlaneLayout.Gray, 8, alpha: true),
        "ya16" => Samples(PlaneLayout.Gray, 16, alpha: true),
        "monob" or "monow" => Samples(PlaneLayout.Gray, 8),
        "rgb24" or "bgr24" or "rgb0" or "bgr0" or "0rgb" or "0bgr" => Samples(PlaneLayout.Gbr, 8),
        "rgba" or "bgra" or "argb" or "abgr" => Samples(PlaneLayout.Gbr, 8, alpha: true),
        // Tried: the direct way from a palette to planes differs by a code, the way over bgra does not.
        "pal8" => Samples(PlaneLayout.Gbr, 8, alpha: true, between: "bgra"),
        "rgb8" or "bgr8" or "rgb4" or "bgr4" or "rgb4_byte" or "bgr4_byte" or "rgb565" or "bgr565" or "rgb555" or "bgr555" or "rgb444" or "bgr444"
            => Samples(PlaneLayout.Gbr, 8, between: "rgb24", exact: false),
        "rgb48" or "bgr48" => Samples(PlaneLayout.Gbr, 16),
        "rgba64" or "bgra64" => Samples(PlaneLayout.Gbr, 16, alpha: true),
        "x2rgb10" or "x2bgr10" => Samples(PlaneLayout.Gbr, 10, exact: false),
        "rgbf32" or "rgbf16" => Samples(PlaneLayout.Gbr, 16, exact: false),
        "rgbaf32" or "rgbaf16" => Samples(PlaneLayout.Gbr, 16, alpha: true, exact: false),
        "xyz12" => Samples(PlaneLayout.Gbr, 12, exact: false),
        _ => null,
    };

    private static SourcePixels Samples(PlaneLayout layout, int depth, bool alpha = false, string between = "", bool exact = true) =>
        new(Of(layout, depth), layout, depth, alpha, false, between, exact);

    private static string Stem(PlaneLayout layout, bool alpha) => layout switch
    {
        PlaneLayout.Gray => "gray",
        PlaneLayout.Yuv420 => alpha ? "yuva420p" : "yuv420p",
        PlaneLayout.Yuv422 => alpha ? "yuva422p" : "yuv422p",
        PlaneLayout.Yuv444 => alpha ? "yuva444p" : "yuv444p",
        PlaneLayout.Gbr => alpha ? "gbrap" : "gbrp",
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "no such layout"),
    };

    private static string Suffix(int depth) => Checked(depth) == 8 ? "" : depth.ToString(CultureInfo.InvariantCulture) + "le";

    private static int Checked(int depth) => Array.IndexOf(Depths, depth) >= 0
        ? depth
        : throw new ArgumentOutOfRangeException(nameof(depth), depth, "ffmpeg has planar formats of 8, 9, 10, 12, 14 and 16 bits");

    private static bool TryDepth(ReadOnlySpan<char> digits, out int depth)
    {
        depth = 8;
        return digits.IsEmpty
            || (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out depth) && Array.IndexOf(Depths, depth) > 0);
    }

    private static string WithoutByteOrder(string name) =>
        name.EndsWith("le", StringComparison.Ordinal) || name.EndsWith("be", StringComparison.Ordinal) ? name[..^2] : name;

    private static bool Take(ref ReadOnlySpan<char> rest, string start)
    {
        if (!rest.StartsWith(start, StringComparison.Ordinal))
            return false;
        rest = rest[start.Length..];
        return true;
    }

    private static uint Tag(char a, char b, char c, char d) => a | ((uint)b << 8) | ((uint)c << 16) | ((uint)d << 24);
}
