namespace VideoMatte.Media;

/// <summary>A source's cover picture as a file of its own.</summary>
/// <param name="SourceIndex">Its stream in the source.</param>
/// <param name="FileName">As it is attached.</param>
/// <param name="MimeType">Of the file.</param>
internal sealed record CoverPicture(int SourceIndex, string FileName, string MimeType)
{
    /// <summary>Null where the picture is of a kind that is not attached.</summary>
    public static CoverPicture? Of(OtherStreamInfo track)
    {
        (string Extension, string MimeType)? kind = track.Codec switch
        {
            "png" => (".png", "image/png"),
            "mjpeg" => (".jpg", "image/jpeg"),
            _ => null,
        };
        // Readers of Matroska look for the name "cover".
        return kind is { } known ? new CoverPicture(track.Index, track.Tags.GetValueOrDefault("filename", "cover" + known.Extension), known.MimeType) : null;
    }
}
