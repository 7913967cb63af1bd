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
    bool AllowsStraight = true)
{
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
