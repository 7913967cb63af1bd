namespace VideoMatte.Inference;

/// <summary>Walks over the fields of one message of the protobuf wire format without copying them.</summary>
internal ref struct ProtoFields(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>Of the field <see cref="Next"/> came to.</summary>
    public int Number { get; private set; }

    /// <summary>True for the length-delimited kind: message, text, bytes, packed numbers.</summary>
    public bool IsMessage { get; private set; }

    /// <summary>Of a length-delimited field.</summary>
    public ReadOnlySpan<byte> Message { get; private set; }

    /// <summary>Of a number written as varint.</summary>
    public ulong Value { get; private set; }

    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">These bytes are no message.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        ulong key = Varint();
        Number = (int)Math.Min(key >> 3, int.MaxValue);
        IsMessage = (key & 7) == 2;
        Value = 0;
        Message = default;
        if (Number == 0)
            throw new InvalidDataException("a field without a number");
        switch (key & 7)
        {
            case 0:
                Value = Varint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                Message = Take(Varint());
                break;
            case 5:
                Take(4);
                break;
            default:
                throw new InvalidDataException("a field of no known kind");
        }

        return true;
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length)
            throw new InvalidDataException("a field longer than its message");
        ReadOnlySpan<byte> taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte part = Take(1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }

        throw new InvalidDataException("a number without an end");
    }
}
