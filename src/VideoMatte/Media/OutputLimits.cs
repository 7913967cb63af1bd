using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Pictures an encoder cannot take, told before any work is done.</summary>
internal static class OutputLimits
{
    /// <summary>Tried with ffmpeg 5.1's CineForm encoder at 140 sizes: it refuses widths that are no multiple of 16, and heights that are
    /// no multiple of 8 make it write past its own memory (720x1364, 400x300, 960x540, 2048x858 end with a crash, others by luck do not);
    /// at multiples of 16 x 8 from 32 x 32 on all were written and read. Below, its decoder does not read it. ffmpeg writes no clean
    /// aperture for this codec, so padding would show: what does not fit is refused.</summary>
    private const int CineFormColumns = 16, CineFormRows = 8, CineFormLeast = 32;

    /// <summary>ffmpeg's JPEG encoder refuses more.</summary>
    private const int JpegMost = 65500;

    /// <param name="output">Kind of file.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <exception cref="MatteException">Usage, <c>size-unsupported</c>.</exception>
    public static void Check(OutputSpec output, int width, int height)
    {
        if (output.Preset.Id == Presets.Jpeg.Id && Math.Max(width, height) > JpegMost)
            throw new MatteException(
                ErrorKind.Usage, "size-unsupported", string.Create(
                    CultureInfo.InvariantCulture, $"JPEG takes {JpegMost} columns and rows at most, and the picture is {width}x{height}: use png or tiff."));
        if (output.Preset.Id != Presets.CineForm.Id || Fits(width, height))
            return;
        int w = Math.Max(CineFormLeast, (width + CineFormColumns - 1) / CineFormColumns * CineFormColumns);
        int h = Math.Max(CineFormLeast, (height + CineFormRows - 1) / CineFormRows * CineFormRows);
        throw new MatteException(
            ErrorKind.Usage, "size-unsupported", string.Create(
                CultureInfo.InvariantCulture,
                $"CineForm takes widths that are multiples of 16 and heights that are multiples of 8, and the picture is {width}x{height}: scale it with --size {w}x{h}, or use prores4444 or ffv1, which take any size."));
    }

    private static bool Fits(int width, int height) =>
        width % CineFormColumns == 0 && height % CineFormRows == 0 && width >= CineFormLeast && height >= CineFormLeast;
}
