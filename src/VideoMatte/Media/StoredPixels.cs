using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The samples a file holds.</summary>
/// <param name="Layout">Planes.</param>
/// <param name="Depth">Bits.</param>
/// <param name="Packed">ffmpeg's name of a packed format the encoder wants, e.g. <c>bgra</c>; null: planes.</param>
internal sealed record StoredPixels(PlaneLayout Layout, int Depth, string? Packed = null)
{
    /// <summary>What a preset stores for a picture.</summary>
    /// <param name="preset">Kind of file.</param>
    /// <param name="picture">Format of the frames.</param>
    /// <param name="hasAlpha">An alpha plane goes beside them.</param>
    public static StoredPixels For(Preset preset, FrameFormat picture, bool hasAlpha) => preset.Id switch
    {
        "prores4444" => new(PlaneLayout.Yuv444, 10),
        "vp9-alpha" or "h264" => new(PlaneLayout.Yuv420, 8),
        "cineform" => new(PlaneLayout.Gbr, 12),
        "qtrle" => new(PlaneLayout.Gbr, 8, hasAlpha ? "argb" : "rgb24"),
        "hevc-alpha" => HevcAlpha.TakesPlanes(preset) ? new(PlaneLayout.Yuv420, 8) : new(PlaneLayout.Gbr, 8, hasAlpha ? "bgra" : "bgr0"),
        "png" => RgbPicture(picture, hasAlpha, "be"),
        "tiff" => RgbPicture(picture, hasAlpha, "le"),
        "jpeg" => new(PlaneLayout.Yuv444, 8),
        "ffv1" => Ffv1(picture, hasAlpha),
        "nut" => Nut(picture, hasAlpha),
        _ => throw new ArgumentOutOfRangeException(nameof(preset), preset.Id, "no rule for this preset"),
    };

    private static StoredPixels RgbPicture(FrameFormat picture, bool hasAlpha, string byteOrder)
    {
        bool deep = picture.Depth > 8;
        return picture.Layout == PlaneLayout.Gray && !hasAlpha
            ? new(PlaneLayout.Gray, deep ? 16 : 8, deep ? "gray16" + byteOrder : null)
            : new(PlaneLayout.Gbr, deep ? 16 : 8, (hasAlpha, deep) switch
            {
                (true, false) => "rgba",
                (true, true) => "rgba64" + byteOrder,
                (false, false) => "rgb24",
                _ => "rgb48" + byteOrder,
            });
    }

    /// <summary>Raw video in NUT has planes of 8, 10, 12 and 16 bits, but for yuva420p none of 12, and grey with alpha of 8 only: what it
    /// lacks is stored at 16, its bits on top.</summary>
    private static StoredPixels Nut(FrameFormat picture, bool hasAlpha)
    {
        if (picture.Layout == PlaneLayout.Gray && hasAlpha)
            return picture.Depth == 8 ? new(PlaneLayout.Gray, 8, "ya8") : new(PlaneLayout.Yuv444, 16);
        bool twelve = !hasAlpha || picture.Layout != PlaneLayout.Yuv420;
        return new(picture.Layout, picture.Depth is 8 or 10 || (picture.Depth == 12 && twelve) ? picture.Depth : 16);
    }

    /// <summary>FFV1 of ffmpeg 5.1 takes yuva at 8, 10 and 16 bits, gbrap at 10, 12 and 16, and for what is left bgra and ya8: a depth it
    /// lacks is stored at 16, its bits on top.</summary>
    private static StoredPixels Ffv1(FrameFormat picture, bool hasAlpha) => picture.Layout switch
    {
        PlaneLayout.Gray when !hasAlpha => new(PlaneLayout.Gray, picture.Depth is 8 or 10 or 12 ? picture.Depth : 16),
        PlaneLayout.Gray when picture.Depth == 8 => new(PlaneLayout.Gray, 8, "ya8"),
        PlaneLayout.Gray => new(PlaneLayout.Yuv444, 16),
        PlaneLayout.Gbr when picture.Depth == 8 => new(PlaneLayout.Gbr, 8, hasAlpha ? "bgra" : "bgr0"),
        PlaneLayout.Gbr => new(PlaneLayout.Gbr, picture.Depth is 10 or 12 ? picture.Depth : 16),
        _ => new(picture.Layout, picture.Depth is 8 or 10 ? picture.Depth : 16),
    };
}
