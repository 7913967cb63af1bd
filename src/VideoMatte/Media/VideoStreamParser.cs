using System.Text.Json;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Makes a <see cref="VideoStreamInfo"/> of one of ffprobe's video streams.</summary>
internal static class VideoStreamParser
{
    /// <summary>Sides longer than this are no picture but a damaged header.</summary>
    private const int LongestSide = 1 << 20;

    public static bool IsCover(JsonElement stream) =>
        stream.TryGetProperty("disposition", out JsonElement disposition) && ProbeJson.Small(disposition, "attached_pic") == 1;

    public static bool IsDefault(JsonElement stream) =>
        stream.TryGetProperty("disposition", out JsonElement disposition) && ProbeJson.Small(disposition, "default") == 1;

    /// <exception cref="MatteException">No size, or pixels we cannot read.</exception>
    public static VideoStreamInfo Parse(JsonElement stream, string path)
    {
        string name = ProbeJson.Text(stream, "pix_fmt") ?? "unknown";
        int width = ProbeJson.Small(stream, "width"), height = ProbeJson.Small(stream, "height");
        string codec = ProbeJson.Text(stream, "codec_name") ?? "unknown";
        if (width is 0 or > LongestSide || height is 0 or > LongestSide || name == "unknown")
            throw new MatteException(ErrorKind.Input, "input-unreadable", $"{path} has a {codec} video stream whose pictures cannot be decoded.");
        SourcePixels pixels = PixelFormatNames.Resolve(name)
            ?? throw new MatteException(
                ErrorKind.Input, "input-unreadable", $"{path} has pixels of the kind {name}, which cannot be read; convert it with ffmpeg first.");
        int rotation = Rotation(stream);
        bool onItsSide = Math.Abs(rotation) is 90 or 270;
        if (onItsSide)
            pixels = OnItsSide(pixels);
        Rational aspect = ProbeJson.Positive(stream, "sample_aspect_ratio") ?? Rational.One;
        Rational timeBase = ProbeJson.Positive(stream, "time_base") ?? new Rational(1, 1000);
        ColourRange? tagged = pixels.IsJpegRange ? ColourRange.Full : ColourNames.Range(ProbeJson.Text(stream, "color_range"));
        FrameFormat format = new(
            onItsSide ? height : width,
            onItsSide ? width : height,
            pixels.Layout,
            pixels.Depth,
            Colour(stream, pixels, tagged),
            onItsSide ? Rational.One / aspect : aspect);
        return new VideoStreamInfo(
            ProbeJson.Small(stream, "index"),
            codec,
            name,
            pixels,
            format,
            pixels.HasAlpha || HasAlphaBeside(stream),
            timeBase,
            ProbeJson.Positive(stream, "avg_frame_rate"),
            ProbeJson.Positive(stream, "r_frame_rate"),
            ProbeJson.Integer(stream, "nb_frames") is > 0 and long count ? count : null,
            ProbeJson.Ticks(stream, "start_pts", timeBase),
            Duration(stream, timeBase),
            rotation,
            ProbeJson.Text(stream, "field_order") ?? "unknown",
            tagged is not null)
        {
            Tags = ProbeJson.Tags(stream),
        };
    }

    /// <summary>The planes after a quarter turn: ffmpeg turns 4:2:2 over 4:4:0, and full chroma keeps every sample.</summary>
    public static SourcePixels OnItsSide(SourcePixels pixels) => pixels.Layout != PlaneLayout.Yuv422 ? pixels : pixels with
    {
        AskFor = (pixels.IsJpegRange ? "yuvj" : "yuv") + PixelFormatNames.Of(PlaneLayout.Yuv444, pixels.Depth)[3..],
        Layout = PlaneLayout.Yuv444,
        IsExact = false,
    };

    private static ColourDescription Colour(JsonElement stream, SourcePixels pixels, ColourRange? range)
    {
        bool isRgb = pixels.Layout == PlaneLayout.Gbr;
        ColourMatrix matrix = ColourNames.Matrix(ProbeJson.Text(stream, "color_space"));
        return new ColourDescription(
            // Y'CbCr that calls itself RGB is a wrong tag, not a matrix to calculate with.
            isRgb ? ColourMatrix.Identity : matrix == ColourMatrix.Identity ? ColourMatrix.Unspecified : matrix,
            isRgb ? ColourRange.Full : range ?? (pixels.Layout == PlaneLayout.Gray ? ColourRange.Full : ColourRange.Limited),
            ColourNames.Primaries(ProbeJson.Text(stream, "color_primaries")),
            ColourNames.Transfer(ProbeJson.Text(stream, "color_transfer")),
            ColourNames.Siting(ProbeJson.Text(stream, "chroma_location")));
    }

    /// <summary>Quarter turns as they are; ffmpeg turns other angles inside the same rectangle.</summary>
    private static int Rotation(JsonElement stream)
    {
        foreach (JsonElement side in ProbeJson.List(stream, "side_data_list"))
            if (ProbeJson.Integer(side, "rotation") is >= -360 and <= 360 and long degrees)
                return (int)degrees;
        return 0;
    }

    /// <summary>VP8 and VP9 carry alpha as a second stream of pictures inside the packets; a tag says so.</summary>
    private static bool HasAlphaBeside(JsonElement stream) =>
        ProbeJson.Tags(stream).TryGetValue("alpha_mode", out string? mode) && mode == "1";

    private static Rational? Duration(JsonElement stream, Rational timeBase) =>
        ProbeJson.Ticks(stream, "duration_ts", timeBase) is { } exact && exact > Rational.Zero ? exact : null;
}
