namespace VideoMatte.Media;

/// <summary>Tells still images by their first bytes, never by their name, and says which of ffmpeg's single-picture readers takes them.
/// Those open one file and know no patterns; by name ffmpeg would choose its image-sequence reader, for which <c>%d</c> is a number.</summary>
internal static class ImageSignature
{
    /// <summary>Bytes to look at: enough to find the animation chunk of a PNG behind its header.</summary>
    public const int Length = 4096;

    /// <summary>The readers <see cref="Reader"/> may name.</summary>
    public static IReadOnlyList<string> Readers { get; } =
    [
        "png_pipe", "apng", "jpeg_pipe", "gif", "bmp_pipe", "tiff_pipe", "webp_pipe", "exr_pipe", "dpx_pipe", "j2k_pipe", "jpegxl_pipe",
        "qoi_pipe", "psd_pipe", "dds_pipe", "pbm_pipe", "pgm_pipe", "ppm_pipe", "pam_pipe", "pfm_pipe",
    ];

    /// <summary>ffmpeg's reader for a file that begins with <paramref name="head"/>; null: not a still image we know.</summary>
    public static string? Reader(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return IsAnimatedPng(head) ? "apng" : "png_pipe";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "jpeg_pipe";
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8))
            return "gif";
        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8))
            return "tiff_pipe";
        if (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8))
            return "webp_pipe";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x76, 0x2F, 0x31, 0x01]))
            return "exr_pipe";
        if (head.StartsWith("SDPX"u8) || head.StartsWith("XPDS"u8))
            return "dpx_pipe";
        if (head.StartsWith("\0\0\0\x0CjP  "u8) || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]))
            return "j2k_pipe";
        if (head.StartsWith("\0\0\0\x0CJXL "u8) || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]))
            return "jpegxl_pipe";
        if (head.StartsWith("qoif"u8))
            return "qoi_pipe";
        if (head.StartsWith("8BPS"u8))
            return "psd_pipe";
        if (head.StartsWith("DDS "u8))
            return "dds_pipe";
        if (head.Length >= 18 && head.StartsWith("BM"u8) && head[14] is 12 or 40 or 52 or 56 or 64 or 108 or 124 && head[15] == 0 && head[16] == 0)
            return "bmp_pipe";
        return PortableMap(head);
    }

    private static string? PortableMap(ReadOnlySpan<byte> head)
    {
        if (head.Length < 3 || head[0] != 'P' || !(head[2] is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t'))
            return null;
        return head[1] switch
        {
            (byte)'4' => "pbm_pipe",
            (byte)'5' => "pgm_pipe",
            (byte)'6' => "ppm_pipe",
            (byte)'7' => "pam_pipe",
            (byte)'F' or (byte)'f' => "pfm_pipe",
            _ => null,
        };
    }

    private static bool IsAnimatedPng(ReadOnlySpan<byte> head)
    {
        int animation = head.IndexOf("acTL"u8), data = head.IndexOf("IDAT"u8);
        return animation >= 0 && (data < 0 || animation < data);
    }
}
