namespace VideoMatte.Media;

/// <summary>A kind of output: container, codec and what they can hold.</summary>
/// <param name="Id">As <c>--preset</c> takes it.</param>
/// <param name="Extension">Of its files, with the dot; also what chooses it where no preset is named.</param>
/// <param name="Container">Kind of file.</param>
/// <param name="CarriesAlpha">Holds a matte beside the picture.</param>
/// <param name="AllowsPremultiplied">Takes associated pictures (4:4:4 or RGB).</param>
/// <param name="HoldsMatteAlone">Can be written from the matte only, as grey.</param>
/// <param name="IsLossless">What is sent to the encoder is what a decoder gives back.</param>
/// <param name="EncoderArguments">Codec and settings for ffmpeg; the pixel format is chosen with the source's.</param>
/// <param name="Purpose">Who reads such files.</param>
/// <param name="PremultipliedByDefault">Associated where the user does not say.</param>
/// <param name="AllowsStraight">Takes straight pictures.</param>
/// <param name="OtherExtension">Its files may have it too, with the dot; null: none.</param>
public sealed record Preset(
    string Id,
    string Extension,
    MediaContainer Container,
    bool CarriesAlpha,
    bool AllowsPremultiplied,
    bool HoldsMatteAlone,
    bool IsLossless,
    IReadOnlyList<string> EncoderArguments,
    string Purpose,
    bool PremultipliedByDefault = false,
    bool AllowsStraight = true,
    string? OtherExtension = null)
{
    /// <summary>All its files may have, with the dot; the first is <see cref="Extension"/>.</summary>
    public IReadOnlyList<string> Extensions => OtherExtension is null ? [Extension] : [Extension, OtherExtension];

    /// <summary>A file of this name can be of this preset.</summary>
    public bool Names(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Holds RGB or grey of full range, 8 bits for sources of 8 and 16 for deeper ones, as editors of pictures read it.</summary>
    public bool IsRgbPicture => Id is "png" or "tiff";

    /// <summary>Bits of a matte that is written alone.</summary>
    public int MatteDepth => Id is "h264" or "jpeg" ? 8 : 16;

    /// <summary>The writer makes the picture itself, from light: the pictures come straight, also for an associated file, since colour is
    /// multiplied after it is linear.</summary>
    public bool AssociatesLight => Id == "exr";

    /// <summary>ffmpeg's name of the muxer.</summary>
    public string Muxer => Container switch
    {
        MediaContainer.Mov => "mov",
        MediaContainer.Mp4 => "mp4",
        MediaContainer.Matroska => "matroska",
        MediaContainer.WebM => "webm",
        MediaContainer.Nut => "nut",
        _ => "image2",
    };
}
