namespace VideoMatte.Models;

/// <summary>Steps through the fields of one protobuf message, in place. What is cut off or not protobuf sets <see cref="Broken"/> and ends it.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private const int LongestVarint = 10;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>Set as soon as the bytes make no sense; the walk is over then.</summary>
    public bool Broken { get; private set; }

    /// <summary>Number of the field just read.</summary>
    public int Field { get; private set; }

    /// <summary>The field's bytes where it is length-delimited; else empty.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <summary>True where the field is length-delimited: a message, text or packed numbers.</summary>
    public bool HasPayload { get; private set; }

    /// <summary>The field as it is written, with its tag.</summary>
    public ReadOnlySpan<byte> Whole { get; private set; }

    /// <summary>The field's number where it is a varint; else 0.</summary>
    public ulong Number { get; private set; }

    /// <summary>Moves to the next field; false at the end or where the bytes are broken.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty || Broken)
            return false;
        ReadOnlySpan<byte> before = _rest;
        ulong tag = Varint();
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        Payload = default;
        Number = 0;
        HasPayload = (tag & 7) == 2;
        switch (tag & 7)
        {
            case 0:
                Number = Varint();
                break;
            case 1:
                Take(sizeof(ulong));
                break;
            case 2:
                Payload = Take(Varint());
                break;
            case 5:
                Take(sizeof(uint));
                break;
            default: // groups are not used by ONNX
                Broken = true;
                break;
        }

        Whole = before[..(before.Length - _rest.Length)];
        // Readers of tags know 32 bits: one that looks at no more would see another field.
        Broken |= Field == 0 || tag > uint.MaxValue;
        return !Broken;
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length)
        {
            Broken = true;
            return default;
        }

        ReadOnlySpan<byte> taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int i = 0; i < LongestVarint && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        Broken = true;
        return 0;
    }
}
