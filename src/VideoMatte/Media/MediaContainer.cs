namespace VideoMatte.Media;

/// <summary>The kinds of file we write.</summary>
public enum MediaContainer
{
    /// <summary>QuickTime, .mov.</summary>
    Mov,

    /// <summary>MPEG-4, .mp4.</summary>
    Mp4,

    /// <summary>Matroska, .mkv.</summary>
    Matroska,

    /// <summary>WebM, .webm.</summary>
    WebM,

    /// <summary>Still images: one file, or one a frame.</summary>
    Images,

    /// <summary>NUT on standard output.</summary>
    Nut,
}
