using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>How one output's frames go through the pipe and what ffmpeg makes of them.</summary>
/// <param name="Sent">Planes of the picture as they go into the pipe.</param>
/// <param name="AlphaDepth">Bits of the alpha sent beside them, 8 to 16; 0: none.</param>
/// <param name="AlphaInPairs">Grey and alpha travel as one stream of byte pairs.</param>
/// <param name="Filters">The filter graph from <c>[0:v:0]</c> (and <c>[0:v:1]</c>) to <c>[out]</c>.</param>
/// <param name="PixelFormat">ffmpeg's name of what the encoder gets.</param>
/// <param name="Colour">Tags of the file.</param>
/// <param name="RangeIsTagged">False: the file does not say its range either.</param>
/// <param name="Warnings">What is not as in the source.</param>
/// <param name="AlphaAsPlane">Alpha travels as the fourth plane of the picture, which is stored as it is sent.</param>
/// <param name="FillsLowBits">Samples that are moved up to 16 bits get their low bits filled (<see cref="SampleShift.Fill"/>).</param>
internal sealed record EncodingPlan(
    FrameFormat Sent,
    int AlphaDepth,
    bool AlphaInPairs,
    string Filters,
    string PixelFormat,
    ColourDescription Colour,
    bool RangeIsTagged,
    IReadOnlyList<MatteWarning> Warnings,
    bool AlphaAsPlane = false,
    bool FillsLowBits = false)
{
    /// <summary>Alpha is in the picture's own stream.</summary>
    public bool IsOneStream => AlphaInPairs || AlphaAsPlane;
}
