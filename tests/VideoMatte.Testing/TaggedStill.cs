using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace VideoMatte.Testing;

/// <summary>Writes what cameras and editors put into a picture's head (orientation, ICC profile) into pictures that ffmpeg made.</summary>
public static class TaggedStill
{
    private const int PngHeaderEnd = 33;
    private const int MostIccSegment = 65519;

    /// <summary>A profile as far as its header goes: size, colour space, signature; what follows is noise that does not pack.</summary>
    /// <param name="bytes">132 or more.</param>
    /// <param name="space">Four letters: <c>RGB </c>, <c>GRAY</c>.</param>
    public static byte[] Profile(int bytes, string space = "RGB ")
    {
        byte[] profile = new byte[bytes];
        new Random(bytes).NextBytes(profile.AsSpan(128));
        BinaryPrimitives.WriteUInt32BigEndian(profile, (uint)bytes);
        Encoding.ASCII.GetBytes("mntr" + space + "XYZ ", profile.AsSpan(12));
        Encoding.ASCII.GetBytes("acsp", profile.AsSpan(36));
        return profile;
    }

    /// <summary>An EXIF block whose only entry is the orientation.</summary>
    public static byte[] Exif(int orientation, bool bigEndian)
    {
        byte[] block = new byte[26];
        Encoding.ASCII.GetBytes(bigEndian ? "MM" : "II", block);
        Word(2, 42);
        Long(4, 8);
        Word(8, 1);
        Word(10, 0x0112);
        Word(12, 3);
        Long(14, 1);
        Word(18, (ushort)orientation);
        return block;

        void Word(int at, ushort value)
        {
            if (bigEndian)
                BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(at), value);
            else
                BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(at), value);
        }

        void Long(int at, uint value)
        {
            if (bigEndian)
                BinaryPrimitives.WriteUInt32BigEndian(block.AsSpan(at), value);
            else
                BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(at), value);
        }
    }

    /// <summary>A JPEG with an EXIF segment of this orientation first.</summary>
    public static byte[] Jpeg(byte[] jpeg, int orientation, bool bigEndian = true) =>
        [.. jpeg[..2], .. Segment(0xE1, [.. "Exif\0\0"u8, .. Exif(orientation, bigEndian)]), .. jpeg[2..]];

    /// <summary>A JPEG with a profile in as many segments as it needs, the last first: readers go by their numbers.</summary>
    public static byte[] JpegWithProfile(byte[] jpeg, byte[] profile)
    {
        byte[][] parts = [.. profile.Chunk(MostIccSegment)];
        IEnumerable<byte> segments = parts.Select((p, i) => Segment(0xE2, [.. "ICC_PROFILE\0"u8, (byte)(i + 1), (byte)parts.Length, .. p])).Reverse().SelectMany(s => s);
        return [.. jpeg[..2], .. segments, .. jpeg[2..]];
    }

    /// <summary>A PNG with an eXIf chunk behind its header.</summary>
    public static byte[] Png(byte[] png, int orientation) => PngWithChunk(png, "eXIf", Exif(orientation, bigEndian: false));

    /// <summary>A PNG with a profile.</summary>
    public static byte[] PngWithProfile(byte[] png, byte[] profile)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(profile);
        return PngWithChunk(png, "iCCP", [.. "a name\0\0"u8, .. packed.ToArray()]);
    }

    /// <summary>A PNG with a chunk behind its header.</summary>
    public static byte[] PngWithChunk(byte[] png, string type, byte[] body)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. body], length = new byte[4], crc = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)body.Length);
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc(named));
        return [.. png[..PngHeaderEnd], .. length, .. named, .. crc, .. png[PngHeaderEnd..]];
    }

    /// <summary>The profile of a PNG, unpacked; null: it has none.</summary>
    public static byte[]? ProfileOfPng(byte[] png)
    {
        for (int at = 8; at + 12 <= png.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
            ReadOnlySpan<byte> body = png.AsSpan(at + 8, length);
            if (Encoding.ASCII.GetString(png, at + 4, 4) == "iCCP")
            {
                if (BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)) != Crc(png.AsSpan(at + 4, length + 4)))
                    throw new InvalidDataException("the chunk's checksum is wrong");
                using ZLibStream zlib = new(new MemoryStream(body[(body.IndexOf((byte)0) + 2)..].ToArray()), CompressionMode.Decompress);
                using MemoryStream profile = new();
                zlib.CopyTo(profile);
                return profile.ToArray();
            }

            at += 12 + length;
        }

        return null;
    }

    /// <summary>Where a sample of the upright picture lies in the stored one, by EXIF's words for the eight orientations.</summary>
    /// <param name="orientation">1 to 8.</param>
    /// <param name="x">Column of the upright picture.</param>
    /// <param name="y">Row of it.</param>
    /// <param name="width">Columns as stored.</param>
    /// <param name="height">Rows as stored.</param>
    public static (int X, int Y) Stored(int orientation, int x, int y, int width, int height) => orientation switch
    {
        // "The 0th row is at the visual …, the 0th column at the visual …"
        1 => (x, y), // top, left
        2 => (width - 1 - x, y), // top, right
        3 => (width - 1 - x, height - 1 - y), // bottom, right
        4 => (x, height - 1 - y), // bottom, left
        5 => (y, x), // left, top
        6 => (y, height - 1 - x), // right, top
        7 => (width - 1 - y, height - 1 - x), // right, bottom
        8 => (width - 1 - y, x), // left, bottom
        _ => throw new ArgumentOutOfRangeException(nameof(orientation)),
    };

    private static byte[] Segment(byte marker, byte[] body)
    {
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(body.Length + 2));
        return [0xFF, marker, .. length, .. body];
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
            for (int bit = 0; bit < 8; bit++)
                crc = ((crc ^ (uint)(value >> bit)) & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        return ~crc;
    }
}
