namespace VideoMatte.Media.Stills;

/// <summary>The first directory of a TIFF structure (TIFF 6.0, section 2), as TIFF files and EXIF blocks have it.</summary>
internal sealed class TiffDirectory
{
    private const ushort OrientationTag = 0x0112;
    private const int MostEntries = 4096;

    private readonly Dictionary<ushort, Entry> _entries = [];
    private readonly StillBytes _file;
    private readonly long _base;

    private TiffDirectory(StillBytes file, long from)
    {
        _file = file;
        _base = from;
    }

    /// <param name="file">Its byte order is set to the structure's.</param>
    /// <param name="from">Where the structure begins; all its offsets count from here.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static TiffDirectory Read(StillBytes file, long from)
    {
        file.Position = from;
        byte[] order = file.Block(2);
        file.IsBigEndian = order[0] == 'M';
        if (order[0] != order[1] || order[0] is not ((byte)'I' or (byte)'M') || file.Word() != 42)
            throw new InvalidDataException("no TIFF structure");
        TiffDirectory directory = new(file, from);
        file.Position = from + file.Long();
        int count = Math.Min((int)file.Word(), MostEntries);
        for (int i = 0; i < count; i++)
        {
            ushort tag = file.Word(), type = file.Word();
            uint values = file.Long();
            directory._entries.TryAdd(tag, new Entry(type, values, file.Position));
            file.Position += 4;
        }

        return directory;
    }

    /// <summary>Of an EXIF block; 1 where it says none, or nonsense.</summary>
    /// <param name="file">Its byte order is as before afterwards; its place is not.</param>
    /// <param name="from">Where the block begins.</param>
    /// <param name="end">Behind its last byte.</param>
    public static int Orientation(StillBytes file, long from, long end)
    {
        bool order = file.IsBigEndian;
        try
        {
            // PNG's chunk sometimes begins like the segment of a JPEG.
            file.Position = from;
            if (end - from > 6 && file.Block(6).AsSpan().SequenceEqual("Exif\0\0"u8))
                from += 6;
            return Read(file, from).Orientation();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return 1;
        }
        finally
        {
            file.IsBigEndian = order;
        }
    }

    public int Orientation() => Number(OrientationTag) is { } value && Turn.IsKnown((int)Math.Min(value, 9)) ? (int)value : 1;

    /// <summary>The first value of a tag of whole numbers; null: it is not there.</summary>
    public uint? Number(ushort tag) => Numbers(tag, 1) is [uint first] ? first : null;

    /// <summary>The values of a tag of whole numbers, at most <paramref name="most"/>.</summary>
    public uint[] Numbers(ushort tag, int most)
    {
        if (!_entries.TryGetValue(tag, out Entry entry) || entry.Type is not (1 or 3 or 4))
            return [];
        int size = entry.Type switch { 1 => 1, 3 => 2, _ => 4 };
        _file.Position = entry.At;
        if (entry.Count * (long)size > 4)
            _file.Position = _base + _file.Long();
        uint[] values = new uint[Math.Min(entry.Count, (uint)most)];
        for (int i = 0; i < values.Length; i++)
            values[i] = size switch { 1 => _file.Byte(), 2 => _file.Word(), _ => _file.Long() };
        return values;
    }

    /// <summary>The bytes of a tag; null: it is not there.</summary>
    /// <param name="tag">Of bytes, or of no known type.</param>
    /// <param name="most">More than this is not read; the answer is empty then.</param>
    public byte[]? Bytes(ushort tag, long most)
    {
        if (!_entries.TryGetValue(tag, out Entry entry) || entry.Type is not (1 or 7))
            return null;
        if (entry.Count > most)
            return [];
        _file.Position = entry.At;
        if (entry.Count > 4)
            _file.Position = _base + _file.Long();
        return _file.Block(entry.Count);
    }

    private readonly record struct Entry(ushort Type, uint Count, long At);
}
