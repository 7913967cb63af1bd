using System.Buffers.Binary;
using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Writes raw frames with exact times as a NUT stream: no index, no info, a syncpoint before each frame. Pixels go out from where
/// they lie; nothing is allocated for a frame. One caller at a time.</summary>
/// <remarks>A demuxer of version 3 takes a frame farther than 65536 bytes from its syncpoint for damage: so each has one of its own, and
/// a checksum, which is asked for above twice that distance.</remarks>
internal sealed class NutWriter
{
    /// <summary>The one frame code in use. Code 0 and all others are invalid.</summary>
    private const byte FrameCode = 1;

    private const NutFrameFlags FrameFlags =
        NutFrameFlags.Key | NutFrameFlags.CodedPresentationTime | NutFrameFlags.StreamNumber | NutFrameFlags.SizeMsb | NutFrameFlags.Checksum;

    private readonly Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> _write;
    private readonly Rational _timeBase;
    private readonly NutStream[] _streams;
    private readonly long[] _lastTicks;
    private readonly byte[] _header = new byte[128];
    private bool _begun;

    /// <param name="write">Takes bytes in order; they are borrowed until its task ends.</param>
    /// <param name="timeBase">Seconds per tick of every stream, above 0.</param>
    /// <param name="streams">One or more.</param>
    public NutWriter(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write, Rational timeBase, IReadOnlyList<NutStream> streams)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timeBase.Numerator, nameof(timeBase));
        ArgumentOutOfRangeException.ThrowIfZero(streams.Count, nameof(streams));
        foreach (NutStream stream in streams)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stream.Width, nameof(streams));
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stream.Height, nameof(streams));
        }

        _write = write;
        _timeBase = timeBase;
        _streams = [.. streams];
        _lastTicks = new long[_streams.Length];
        Array.Fill(_lastTicks, -1);
    }

    /// <summary>Writes one frame; the headers of the file go before the first.</summary>
    /// <param name="stream">Index of the stream.</param>
    /// <param name="ticks">Presentation time in ticks: 0 or more, and above the stream's frame before.</param>
    /// <param name="pixels">All planes, tightly packed, little-endian; borrowed until the task ends.</param>
    /// <param name="cancellationToken">A cancelled write leaves the stream broken.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or does not grow: NUT holds no such frame.</exception>
    public async ValueTask WriteFrameAsync(int stream, long ticks, ReadOnlyMemory<byte> pixels, CancellationToken cancellationToken)
    {
        if (ticks <= _lastTicks[stream])
            throw new ArgumentOutOfRangeException(nameof(ticks), ticks, string.Create(
                CultureInfo.InvariantCulture, $"times begin at 0 and grow; the frame before is at {_lastTicks[stream]}"));
        if (!_begun)
        {
            _begun = true;
            await _write(FileHeader(), cancellationToken).ConfigureAwait(false);
        }

        _lastTicks[stream] = ticks;
        int length = Syncpoint(_header, ticks);
        length += FrameHeader(_header.AsSpan(length), stream, ticks, pixels.Length);
        await _write(_header.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
        await _write(pixels, cancellationToken).ConfigureAwait(false);
    }

    private static int Syncpoint(Span<byte> into, long ticks)
    {
        // One time base: the coded time is ticks x 1 + 0. The back pointer is 0: nobody seeks in a pipe.
        Span<byte> body = stackalloc byte[NutFormat.MostNumberBytes + 1];
        int length = Number(body, (ulong)ticks);
        length += Number(body[length..], 0);
        return Packet(into, NutFormat.SyncpointStartcode, body[..length]);
    }

    private static int FrameHeader(Span<byte> into, int stream, long ticks, int size)
    {
        into[0] = FrameCode;
        int length = 1;
        length += Number(into[length..], (ulong)stream);
        // msb_pts_shift is 0, so every coded time is a whole one: ticks + 1.
        length += Number(into[length..], (ulong)ticks + 1);
        length += Number(into[length..], (ulong)size);
        BinaryPrimitives.WriteUInt32BigEndian(into[length..], NutCrc.Compute(into[..length]));
        return length + 4;
    }

    private static int Packet(Span<byte> into, ulong startcode, ReadOnlySpan<byte> body)
    {
        if (body.Length + 4 > NutFormat.LongPacket)
            throw new InvalidOperationException("a header this long would need a checksum of its own");
        BinaryPrimitives.WriteUInt64BigEndian(into, startcode);
        int length = 8 + Number(into[8..], (ulong)body.Length + 4);
        body.CopyTo(into[length..]);
        length += body.Length;
        BinaryPrimitives.WriteUInt32BigEndian(into[length..], NutCrc.Compute(body));
        return length + 4;
    }

    /// <summary>Seven bits a byte, highest first, the top bit set on all but the last.</summary>
    private static int Number(Span<byte> into, ulong value)
    {
        int length = 1;
        for (ulong rest = value >> 7; rest != 0; rest >>= 7)
            length++;
        for (int i = length - 1; i >= 0; i--, value >>= 7)
            into[i] = (byte)((value & 0x7F) | (i == length - 1 ? 0u : 0x80u));
        return length;
    }

    private static void Add(List<byte> body, params ReadOnlySpan<ulong> values)
    {
        Span<byte> coded = stackalloc byte[NutFormat.MostNumberBytes];
        foreach (ulong value in values)
            body.AddRange(coded[..Number(coded, value)]);
    }

    /// <summary>A run of frame codes with all six fields: pts_delta 0, size_mul 1, stream 0, size_lsb 0, reserved 0, count.</summary>
    private static void AddCodes(List<byte> body, NutFrameFlags flags, int count) =>
        Add(body, (ulong)flags, 6, 0, 1, 0, 0, 0, (ulong)count);

    private byte[] FileHeader()
    {
        List<byte> body = [];
        Add(body, NutFormat.Version, (ulong)_streams.Length, NutFormat.MaxDistance);
        Add(body, 1, (ulong)_timeBase.Numerator, (ulong)_timeBase.Denominator);
        AddCodes(body, NutFrameFlags.Invalid, 1);
        AddCodes(body, FrameFlags, 1);
        // 256 codes in all, the startcode's own byte not counted.
        AddCodes(body, NutFrameFlags.Invalid, 253);
        Add(body, 0);

        List<byte> file = [.. NutFormat.Signature];
        AddPacket(file, NutFormat.MainStartcode, body);
        for (int i = 0; i < _streams.Length; i++)
            AddPacket(file, NutFormat.StreamStartcode, StreamBody(i));
        return [.. file];
    }

    private List<byte> StreamBody(int index)
    {
        NutStream stream = _streams[index];
        List<byte> body = [];
        Add(body, (ulong)index, 0, 4);
        for (int shift = 0; shift < 32; shift += 8)
            body.Add((byte)(stream.Tag >> shift));
        // Time base 0, msb_pts_shift, max_pts_distance, decode_delay, flags and the length of extra data: all 0.
        Add(body, 0, 0, 0, 0, 0, 0);
        Add(body, (ulong)stream.Width, (ulong)stream.Height);
        Add(body, (ulong)stream.SampleAspect.Numerator, (ulong)stream.SampleAspect.Denominator, 0);
        return body;
    }

    private static void AddPacket(List<byte> file, ulong startcode, List<byte> body)
    {
        byte[] packet = new byte[body.Count + 32];
        file.AddRange(packet.AsSpan(0, Packet(packet, startcode, [.. body])));
    }
}
