using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The bytes of a NUT: numbers, packets with their checksums, bodies. Nothing in it is trusted, no size makes memory.</summary>
/// <param name="source">Reads some bytes, at least one, or 0 at the end.</param>
internal sealed class NutByteReader(Func<Memory<byte>, CancellationToken, ValueTask<int>> source)
{
    /// <summary>Headers and syncpoints are far smaller.</summary>
    public const int LongestHeader = 64 * 1024;

    /// <summary>Text and index are skipped; longer ones than this do not occur.</summary>
    private const long LongestSkipped = 256L << 20;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly byte[] _packet = new byte[LongestHeader];
    private int _start;
    private int _end;
    private uint _crc;

    /// <summary>Bytes taken so far.</summary>
    public long Position { get; private set; }

    /// <summary>The checksum of what was read since <see cref="BeginChecksum"/> is not 0.</summary>
    public bool IsChecksumWrong => _crc != 0;

    public void BeginChecksum() => _crc = 0;

    /// <summary>The body of the packet read last, without its checksum; until the next.</summary>
    /// <param name="length">As <see cref="PacketAsync"/> said.</param>
    public ReadOnlySpan<byte> Packet(int length) => _packet.AsSpan(0, length);

    /// <summary>True where nothing follows.</summary>
    public async ValueTask<bool> IsAtEndAsync(CancellationToken cancellationToken) =>
        _start == _end && !await FillAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Fills <paramref name="body"/> with the next bytes.</summary>
    /// <exception cref="MatteException"><see cref="NutReader.CutCode"/>.</exception>
    public async ValueTask ReadAsync(Memory<byte> body, CancellationToken cancellationToken)
    {
        while (!body.IsEmpty)
        {
            int read;
            if (_start < _end)
            {
                read = Math.Min(_end - _start, body.Length);
                _buffer.AsMemory(_start, read).CopyTo(body);
                _start += read;
            }
            else
            {
                read = await source(body, cancellationToken).ConfigureAwait(false);
                if (read <= 0)
                    throw NutReader.Cut();
            }

            Position += read;
            body = body[read..];
        }
    }

    /// <summary>Leaves out the next <paramref name="count"/> bytes.</summary>
    /// <exception cref="MatteException"><see cref="NutReader.CutCode"/>.</exception>
    public async ValueTask SkipAsync(long count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            if (await IsAtEndAsync(cancellationToken).ConfigureAwait(false))
                throw NutReader.Cut();
            int part = (int)Math.Min(count, _end - _start);
            _start += part;
            Position += part;
            count -= part;
        }
    }

    /// <summary>The rest of a start code whose first byte was read.</summary>
    public async ValueTask<ulong> StartCodeAsync(CancellationToken cancellationToken)
    {
        ulong code = NutFormat.StartcodeByte;
        for (int i = 0; i < 7; i++)
            code = (code << 8) | (byte)await NextAsync(cancellationToken).ConfigureAwait(false);
        return code is NutFormat.MainStartcode or NutFormat.StreamStartcode or NutFormat.SyncpointStartcode or NutFormat.InfoStartcode or NutFormat.IndexStartcode
            ? code
            : throw NutReader.Damaged("a packet of an unknown kind");
    }

    /// <summary>Brings the body of a packet into memory (<see cref="Packet"/>) and returns its length without checksum; text and index are left out.</summary>
    public async ValueTask<int> PacketAsync(ulong code, CancellationToken cancellationToken)
    {
        // The checksum of a long packet's head runs from the start code on.
        _crc = 0;
        for (int shift = 56; shift >= 0; shift -= 8)
            _crc = NutCrc.Add(_crc, (byte)(code >> shift));
        long length = await NumberAsync(cancellationToken).ConfigureAwait(false);
        if (length > NutFormat.LongPacket)
        {
            for (int i = 0; i < 4; i++)
                await NextAsync(cancellationToken).ConfigureAwait(false);
            if (_crc != 0)
                throw NutReader.Damaged("the checksum of a packet's length is wrong");
        }

        if (code is NutFormat.InfoStartcode or NutFormat.IndexStartcode)
        {
            if (length > LongestSkipped)
                throw NutReader.Damaged("a packet is too long");
            await SkipAsync(length, cancellationToken).ConfigureAwait(false);
            return 0;
        }

        if (length is < 4 or > LongestHeader)
            throw NutReader.Damaged("a header is too short or too long");
        await ReadAsync(_packet.AsMemory(0, (int)length), cancellationToken).ConfigureAwait(false);
        if (NutCrc.Compute(_packet.AsSpan(0, (int)length)) != 0)
            throw NutReader.Damaged("the checksum of a header is wrong");
        return (int)length - 4;
    }

    public async ValueTask<long> NumberAsync(CancellationToken cancellationToken)
    {
        long value = 0;
        while (true)
        {
            int part = await NextAsync(cancellationToken).ConfigureAwait(false);
            if (value >> 55 != 0)
                throw NutReader.Damaged("a number does not end");
            value = (value << 7) | (uint)(part & 0x7F);
            if ((part & 0x80) == 0)
                return value;
        }
    }

    /// <summary>The next byte.</summary>
    /// <exception cref="MatteException"><see cref="NutReader.CutCode"/>.</exception>
    public ValueTask<int> NextAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
            return NextSlowAsync(cancellationToken);
        byte value = _buffer[_start++];
        Position++;
        _crc = NutCrc.Add(_crc, value);
        return new ValueTask<int>(value);
    }

    private async ValueTask<int> NextSlowAsync(CancellationToken cancellationToken)
    {
        if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            throw NutReader.Cut();
        byte value = _buffer[_start++];
        Position++;
        _crc = NutCrc.Add(_crc, value);
        return value;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _start = _end = 0;
        _end = Math.Max(0, await source(_buffer, cancellationToken).ConfigureAwait(false));
        return _end > 0;
    }
}
