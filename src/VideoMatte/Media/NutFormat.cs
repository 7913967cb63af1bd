namespace VideoMatte.Media;

/// <summary>Numbers of the NUT container, version 3, as its specification (nut.txt of the FFmpeg and MPlayer projects) fixes them.</summary>
internal static class NutFormat
{
    /// <summary>Startcodes, eight bytes, most significant first.</summary>
    public const ulong MainStartcode = 0x4E4D7A561F5F04AD;
    public const ulong StreamStartcode = 0x4E5311405BF2F9DB;
    public const ulong SyncpointStartcode = 0x4E4BE4ADEECA4569;
    public const ulong InfoStartcode = 0x4E49AB68B596BA78;
    public const ulong IndexStartcode = 0x4E58DD672F23E64E;

    /// <summary>First byte of every startcode; never a frame code.</summary>
    public const byte StartcodeByte = (byte)'N';

    /// <summary>Without side data and without the pipe flag: what every reader knows.</summary>
    public const int Version = 3;

    /// <summary>The most a demuxer accepts; frames farther from their syncpoint than this need a checksum or a syncpoint of their own.</summary>
    public const int MaxDistance = 65536;

    /// <summary>Packets longer than this carry a checksum of their header too.</summary>
    public const int LongPacket = 4096;

    /// <summary>Longest coding of a number of 64 bits, 7 bits a byte.</summary>
    public const int MostNumberBytes = 10;

    /// <summary>The file begins with these bytes.</summary>
    public static ReadOnlySpan<byte> Signature => "nut/multimedia container\0"u8;
}
