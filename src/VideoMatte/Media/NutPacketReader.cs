using System.Buffers.Binary;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Reads the fields of one NUT packet that is in memory; beyond its end is damage.</summary>
internal ref struct NutPacketReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    public ulong Unsigned()
    {
        ulong value = 0;
        for (int i = 0; i < _rest.Length && i < 10; i++)
        {
            byte part = _rest[i];
            if (value >> 57 != 0)
                break;
            value = (value << 7) | (uint)(part & 0x7F);
            if ((part & 0x80) != 0)
                continue;
            _rest = _rest[(i + 1)..];
            return value;
        }

        throw NutReader.Damaged("a number in a header does not end");
    }

    /// <summary>A number of at most <paramref name="most"/>.</summary>
    public int Bounded(int most, string what)
    {
        ulong value = Unsigned();
        return value <= (ulong)most ? (int)value : throw NutReader.Damaged($"{what} is out of range");
    }

    public long Signed()
    {
        ulong value = Unsigned();
        if (value > long.MaxValue)
            throw NutReader.Damaged("a number in a header is out of range");
        long half = (long)(value + 1) >> 1;
        return (value & 1) != 0 ? half : -half;
    }

    public ReadOnlySpan<byte> Bytes(int most, string what)
    {
        int length = Bounded(most, what);
        if (length > _rest.Length)
            throw NutReader.Damaged($"{what} is longer than its packet");
        ReadOnlySpan<byte> bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }

    /// <summary>A tag of four bytes, first lowest.</summary>
    public uint Tag() => Bytes(4, "the tag of the stream") is { Length: 4 } tag
        ? BinaryPrimitives.ReadUInt32LittleEndian(tag)
        : throw NutReader.Damaged("the tag of the stream has not four bytes");

    public Rational Fraction(string what)
    {
        int upper = Bounded(int.MaxValue, what), lower = Bounded(int.MaxValue, what);
        return upper > 0 && lower > 0 ? new Rational(upper, lower) : throw NutReader.Damaged($"{what} is zero");
    }
}
