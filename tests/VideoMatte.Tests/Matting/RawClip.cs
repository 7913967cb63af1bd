using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Tests.Media;

namespace VideoMatte.Tests.Matting;

/// <summary>The first frames of a clip twice over: the decoder's own planes, and R'G'B' as ffmpeg's scaler makes it, with the same matrix and
/// range said to it. No reader of ours takes part.</summary>
internal sealed class RawClip
{
    private readonly byte[] _planes;
    private readonly byte[] _rgb;

    public RawClip(string file, int frames)
    {
        string pixels = FfmpegRun.VideoEntry(file, "pix_fmt");
        int width = int.Parse(FfmpegRun.VideoEntry(file, "width"), CultureInfo.InvariantCulture);
        int height = int.Parse(FfmpegRun.VideoEntry(file, "height"), CultureInfo.InvariantCulture);
        bool full = FfmpegRun.VideoEntry(file, "color_range") == "pc";
        ColourMatrix matrix = FfmpegRun.VideoEntry(file, "color_space") switch
        {
            "bt709" => ColourMatrix.Bt709,
            "smpte170m" => ColourMatrix.Smpte170M,
            "bt470bg" => ColourMatrix.Bt470Bg,
            _ => ColourMatrix.Unspecified,
        };
        if (pixels is not ("yuv420p" or "yuvj420p"))
            throw new InvalidOperationException($"{file} is {pixels}");
        Format = new FrameFormat(
            width, height, PlaneLayout.Yuv420, 8, new ColourDescription(matrix, full ? ColourRange.Full : ColourRange.Limited));
        string count = frames.ToString(CultureInfo.InvariantCulture);
        string assumed = Format.Colour.Assumed(height) == ColourMatrix.Bt709 ? "bt709" : "bt601";
        // The scaler takes chroma as centred unless told; these clips, as H.264, HEVC and VP8 do by default, have it on the left column. Its bilinear kernel puts chroma half a row too low (seen with a single sample); bicubic does not.
        string scale = $"scale=in_color_matrix={assumed}:in_range={(full ? "pc" : "tv")}:out_range=pc:in_h_chr_pos=0:in_v_chr_pos=128"
            + ":flags=bicubic+accurate_rnd+full_chroma_int";
        _planes = FfmpegRun.Ffmpeg(
            "-i", file, "-map", "0:v:0", "-fps_mode", "passthrough", "-frames:v", count, "-f", "rawvideo", "-pix_fmt", pixels, "-");
        _rgb = FfmpegRun.Ffmpeg(
            "-i", file, "-map", "0:v:0", "-fps_mode", "passthrough", "-frames:v", count, "-vf", scale + ",format=rgb24", "-f", "rawvideo", "-");
        Count = _planes.Length / Format.ByteCount;
    }

    public FrameFormat Format { get; }

    public int Count { get; }

    /// <summary>The decoder's planes; the caller owns the frame.</summary>
    public VideoFrame Frame(IFramePool pool, int index)
    {
        VideoFrame frame = VideoFrame.Rent(pool, Format, new FrameTime(index, new Rational(index, 25), new Rational(1, 25)));
        _planes.AsSpan(index * Format.ByteCount, Format.ByteCount).CopyTo(frame.Bytes);
        return frame;
    }

    /// <summary>ffmpeg's 8-bit R'G'B' as planes 0..1.</summary>
    public float[] Rgb(int index)
    {
        int pixels = Format.Width * Format.Height;
        float[] planar = new float[3 * pixels];
        for (int i = 0; i < pixels; i++)
            for (int channel = 0; channel < 3; channel++)
                planar[(channel * pixels) + i] = _rgb[(((index * pixels) + i) * 3) + channel] / 255f;
        return planar;
    }
}
