using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The video stream of a file.</summary>
/// <param name="Index">In the file; not the first one where sound comes first.</param>
/// <param name="Codec">ffmpeg's name.</param>
/// <param name="PixelFormat">ffmpeg's name of what the decoder gives.</param>
/// <param name="Pixels">How that becomes planes of ours.</param>
/// <param name="Format">Of the frames as read: after rotation, untagged values unspecified.</param>
/// <param name="HasAlpha">The source carries alpha (read only where <see cref="ReaderOptions.AlphaPlane"/> asks for it).</param>
/// <param name="TimeBase">Seconds a tick.</param>
/// <param name="AverageRate">Frames a second over the whole stream; null where unknown.</param>
/// <param name="NominalRate">The lowest rate that can hold all times; a guess of ffmpeg's; null where unknown.</param>
/// <param name="FrameCount">As the container says; null where it does not.</param>
/// <param name="StartTime">Of the first frame, seconds; null where unknown.</param>
/// <param name="Duration">Seconds; null where unknown.</param>
/// <param name="Rotation">Degrees the decoder turns the stored picture, -180..180; the size in <paramref name="Format"/> is after it.</param>
/// <param name="FieldOrder">ffmpeg's word: <c>progressive</c>, <c>tt</c>, <c>bb</c>, <c>tb</c>, <c>bt</c>, <c>unknown</c>.</param>
/// <param name="RangeIsTagged">False where the range in <paramref name="Format"/> is what such sources mean by default.</param>
public sealed record VideoStreamInfo(
    int Index,
    string Codec,
    string PixelFormat,
    SourcePixels Pixels,
    FrameFormat Format,
    bool HasAlpha,
    Rational TimeBase,
    Rational? AverageRate,
    Rational? NominalRate,
    long? FrameCount,
    Rational? StartTime,
    Rational? Duration,
    int Rotation,
    string FieldOrder,
    bool RangeIsTagged)
{
    /// <summary>Of the stream (timecode, language).</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public int Width => Format.Width;

    public int Height => Format.Height;

    /// <summary>Of the source's own alpha plane: grey at the depth it is stored, always full range. What lies beside the picture, as in VP8
    /// and VP9, has 8 bits.</summary>
    public FrameFormat AlphaFormat => new(
        Width, Height, PlaneLayout.Gray, Pixels.HasAlpha ? Pixels.Depth : 8, new ColourDescription(ColourMatrix.Unspecified, ColourRange.Full), Format.SampleAspect);

    /// <summary>The source has an alpha plane of its own that is meant to be one. A palette is not counted: that of a grey picture has the
    /// means of transparency too, and hardly ever uses them.</summary>
    public bool HasAlphaPlane => HasAlpha && PixelFormat != "pal8";

    /// <summary>Two fields in a frame.</summary>
    public bool IsInterlaced => FieldOrder is "tt" or "bb" or "tb" or "bt";
}
