using VideoMatte.Frames;

namespace VideoMatte.Matting;

/// <summary>Where the chroma samples of a format lie: unspecified 4:2:0 and 4:2:2 are read as left.</summary>
internal static class ChromaSites
{
    /// <summary>True where a chroma sample lies on the even luma column, false between two.</summary>
    public static bool OnColumn(FrameFormat format) => format.Colour.Siting != ChromaSiting.Centre;

    /// <summary>True where a chroma sample lies on the even luma row, false between two; only 4:2:0 asks.</summary>
    public static bool OnRow(FrameFormat format) => format.Colour.Siting == ChromaSiting.TopLeft;
}
