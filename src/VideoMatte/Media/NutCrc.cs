namespace VideoMatte.Media;

/// <summary>The checksum of NUT: polynomial 04C11DB7, most significant bit first, start 0, no inversion. Over data and its own checksum
/// it gives 0.</summary>
internal static class NutCrc
{
    private const uint Polynomial = 0x04C11DB7;

    private static readonly uint[] Table = MakeTable();

    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0;
        foreach (byte b in bytes)
            crc = Add(crc, b);
        return crc;
    }

    /// <summary>The checksum with one more byte.</summary>
    public static uint Add(uint crc, byte value) => (crc << 8) ^ Table[(crc >> 24) ^ value];

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i << 24;
            for (int bit = 0; bit < 8; bit++)
                value = (value << 1) ^ ((value >> 31) * Polynomial);
            table[i] = value;
        }

        return table;
    }
}
