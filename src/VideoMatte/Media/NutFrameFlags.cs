namespace VideoMatte.Media;

/// <summary>What a NUT frame header holds: flags of the frame code, changed by the coded ones.</summary>
[Flags]
internal enum NutFrameFlags
{
    None = 0,
    Key = 1,
    EndOfRelevance = 2,
    CodedPresentationTime = 8,
    StreamNumber = 16,
    SizeMsb = 32,
    Checksum = 64,
    Reserved = 128,
    SideData = 256,
    HeaderIndex = 1024,
    MatchTime = 2048,
    CodedFlags = 4096,
    Invalid = 8192,
}
