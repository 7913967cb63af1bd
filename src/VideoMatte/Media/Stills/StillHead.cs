using VideoMatte.Frames;

namespace VideoMatte.Media.Stills;

/// <summary>What the head of a still image says of itself, as far as ffmpeg does not tell, or tells of some kinds only: which way is up,
/// and what its colours mean.</summary>
/// <param name="Kind"><c>PNG</c>, <c>JPEG</c>, <c>TIFF</c>, <c>EXR</c>.</param>
/// <param name="Width">Columns as stored.</param>
/// <param name="Height">Rows as stored.</param>
/// <param name="Samples">The kind of its samples, in words; alike where two pictures decode into one pixel format.</param>
internal sealed record StillHead(string Kind, int Width, int Height, string Samples)
{
    /// <summary>EXIF's number of which way is up, 1 to 8; 1: as stored.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>The ICC profile as it lies in the file; null: none.</summary>
    public byte[]? Profile { get; init; }

    /// <summary>Why a profile that is there is not used; null: it is.</summary>
    public string? ProfileProblem { get; init; }

    /// <summary>Frames a second that an EXR names; null: none.</summary>
    public Rational? Rate { get; init; }

    /// <summary>Four inks, which a decoder makes RGB of without the profile.</summary>
    public bool IsCmyk { get; init; }

    /// <summary>The file ends before its picture does.</summary>
    public bool IsCut { get; init; }

    /// <summary>Columns after it was turned.</summary>
    public int UprightWidth => Turn.IsOnItsSide(Orientation) ? Height : Width;

    /// <summary>Rows after it was turned.</summary>
    public int UprightHeight => Turn.IsOnItsSide(Orientation) ? Width : Height;

    /// <summary>Reads the head of a PNG, JPEG, TIFF or EXR.</summary>
    /// <param name="path">Of a file.</param>
    /// <returns>Null: another kind, or a head that makes no sense; ffmpeg has the word then.</returns>
    public static StillHead? Read(string path)
    {
        try
        {
            string? reader = MediaDoor.ImageReader(path);
            if (reader is not ("png_pipe" or "jpeg_pipe" or "tiff_pipe" or "exr_pipe"))
                return null;
            using StillBytes file = StillBytes.Open(path);
            StillHead? head = reader switch
            {
                "png_pipe" => PngHead.Read(file),
                "jpeg_pipe" => JpegHead.Read(file),
                "tiff_pipe" => TiffHead.Read(file),
                _ => ExrHead.Read(file),
            };
            return head is null || head.Profile is null ? head : IccProfile.Examined(head);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>In what it differs from the pictures before it; null: in nothing that matters.</summary>
    public string? DifferenceFrom(StillHead first)
    {
        if (Kind != first.Kind)
            return $"is {Kind} and the first is {first.Kind}";
        if (UprightWidth != first.UprightWidth || UprightHeight != first.UprightHeight)
            return string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"has {UprightWidth}x{UprightHeight} pixels and the first has {first.UprightWidth}x{first.UprightHeight}");
        if (Orientation != first.Orientation)
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"is turned by its orientation {Orientation} and the first by {first.Orientation}");
        return Samples == first.Samples ? null : $"has other samples ({Samples}) than the first ({first.Samples})";
    }
}
