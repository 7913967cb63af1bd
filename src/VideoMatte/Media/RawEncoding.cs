namespace VideoMatte.Media;

/// <summary>What <see cref="RawEncoder"/> makes of planes.</summary>
public enum RawEncoding
{
    /// <summary>8-bit 4:2:0 into H.264 in MP4, with AAC where there is sound; small, for clips that live in a repository.</summary>
    H264Small,

    /// <summary>Lossless FFV1 in Matroska.</summary>
    Ffv1,
}
