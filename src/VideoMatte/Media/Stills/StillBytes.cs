using System.Buffers.Binary;

namespace VideoMatte.Media.Stills;

/// <summary>Reads numbers and blocks of an image's head, anywhere in the file. Beyond its end is an <see cref="EndOfStreamException"/>;
/// no length found in it makes memory without a bound.</summary>
internal sealed class StillBytes(Stream file) : IDisposable
{
    public long Length => file.Length;

    public long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    /// <summary>True: the numbers that follow have their highest byte first. Default: true.</summary>
    public bool IsBigEndian { get; set; } = true;

    public static StillBytes Open(string path) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 4096));

    public byte Byte() => file.ReadByte() is >= 0 and int value ? (byte)value : throw new EndOfStreamException();

    public ushort Word()
    {
        Span<byte> bytes = stackalloc byte[2];
        file.ReadExactly(bytes);
        return IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    public uint Long()
    {
        Span<byte> bytes = stackalloc byte[4];
        file.ReadExactly(bytes);
        return IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    /// <summary>A block of the file.</summary>
    /// <param name="count">Bytes; what the file cannot hold is its end.</param>
    public byte[] Block(long count)
    {
        if (count > Length - Position || count > int.MaxValue)
            throw new EndOfStreamException();
        byte[] block = new byte[count];
        file.ReadExactly(block);
        return block;
    }

    public void Dispose() => file.Dispose();
}
