using System.Buffers.Binary;

namespace VideoMatte.Media.Stills;

/// <summary>Completes the directory of a TIFF that ffmpeg wrote (TIFF 6.0, section 2): Deflate gets its registered number, and the source's
/// ICC profile goes in, byte for byte. ExtraSamples, which says that alpha is straight, is ffmpeg's own.</summary>
internal static class TiffTags
{
    private const int EntryBytes = 12;

    /// <summary>Places have 32 bits; a directory is smaller than this by far.</summary>
    private const long MostBytes = uint.MaxValue - 65536L;

    private const ushort Compression = 259, Icc = 34675, Undefined = 7;

    /// <summary>ffmpeg writes the number from before the registration: the same bytes, under a name that fewer programs know.</summary>
    private const ushort OldDeflate = 32946, Deflate = 8;

    /// <param name="path">Of a whole little-endian TIFF of one picture.</param>
    /// <param name="profile">As it lay in the source; null: none.</param>
    /// <exception cref="IOException">It cannot be read or written, or is no such file.</exception>
    public static void Complete(string path, byte[]? profile)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite);
        long at = BinaryPrimitives.ReadUInt32LittleEndian(Read(file, 4, 4));
        List<byte[]> entries = [.. Read(file, at + 2, EntryBytes * BinaryPrimitives.ReadUInt16LittleEndian(Read(file, at, 2))).Chunk(EntryBytes)];
        foreach (byte[] entry in entries)
            if (Tag(entry) == Compression && BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(8)) == OldDeflate)
                BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(8), Deflate);
        if (profile is null)
        {
            Write(file, at + 2, [.. entries.SelectMany(e => e)]);
            return;
        }

        // A longer directory has no room in its place: it goes to the end, and the head points there. Both begin at even places.
        long start = file.Length + (file.Length % 2), directory = start + profile.Length + (profile.Length % 2);
        if (directory > MostBytes)
            throw new IOException("a TIFF has no room for more than 4 GB");
        byte[] added = new byte[EntryBytes], count = new byte[2], head = new byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(added, Icc);
        BinaryPrimitives.WriteUInt16LittleEndian(added.AsSpan(2), Undefined);
        BinaryPrimitives.WriteInt32LittleEndian(added.AsSpan(4), profile.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(added.AsSpan(8), (uint)start);
        entries.Add(added);
        BinaryPrimitives.WriteUInt16LittleEndian(count, (ushort)entries.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(head, (uint)directory);
        Write(file, start, profile);
        // Ascending by tag, and no directory behind it.
        Write(file, directory, [.. count, .. entries.OrderBy(Tag).SelectMany(e => e), 0, 0, 0, 0]);
        Write(file, 4, head);
    }

    private static ushort Tag(byte[] entry) => BinaryPrimitives.ReadUInt16LittleEndian(entry);

    private static byte[] Read(FileStream file, long at, int count)
    {
        byte[] bytes = new byte[count];
        file.Position = at;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static void Write(FileStream file, long at, byte[] bytes)
    {
        file.Position = at;
        file.Write(bytes);
    }
}
