#pragma warning disable MA0048 // the four code tables of H.273 are one idea
namespace VideoMatte.Frames;

/// <summary>H.273 MatrixCoefficients.</summary>
public enum ColourMatrix
{
    Identity = 0,
    Bt709 = 1,
    Unspecified = 2,
    Fcc = 4,
    Bt470Bg = 5,
    Smpte170M = 6,
    Smpte240M = 7,
    YCgCo = 8,
    Bt2020NonConstant = 9,
    Bt2020Constant = 10,
}

/// <summary>Limited: luma 16..235, chroma 16..240 at 8 bits. Full: 0..255.</summary>
public enum ColourRange
{
    Limited,
    Full,
}

/// <summary>H.273 ColourPrimaries.</summary>
public enum ColourPrimaries
{
    Bt709 = 1,
    Unspecified = 2,
    Bt470M = 4,
    Bt470Bg = 5,
    Smpte170M = 6,
    Smpte240M = 7,
    Film = 8,
    Bt2020 = 9,
    Smpte428 = 10,
    Smpte431 = 11,
    Smpte432 = 12,
    Ebu3213 = 22,
}

/// <summary>H.273 TransferCharacteristics.</summary>
public enum ColourTransfer
{
    Bt709 = 1,
    Unspecified = 2,
    Gamma22 = 4,
    Gamma28 = 5,
    Smpte170M = 6,
    Smpte240M = 7,
    Linear = 8,
    Log100 = 9,
    Log316 = 10,
    Iec61966X2X4 = 11,
    Bt1361 = 12,
    Srgb = 13,
    Bt2020Bits10 = 14,
    Bt2020Bits12 = 15,
    Pq = 16,
    Smpte428 = 17,
    Hlg = 18,
}

/// <summary>Where a chroma sample lies among its luma samples.</summary>
public enum ChromaSiting
{
    Unspecified,

    /// <summary>On the left luma column, between the two rows (MPEG-2, H.264 and HEVC by default).</summary>
    Left,

    /// <summary>Between columns and rows (JPEG, MPEG-1).</summary>
    Centre,

    /// <summary>On the top left luma sample (BT.2020, DV).</summary>
    TopLeft,
}
