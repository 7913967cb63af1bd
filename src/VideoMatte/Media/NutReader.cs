using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Reads raw video with exact times from a NUT as ffmpeg writes it: one video stream, headers first, frames in order. The stream
/// is not trusted: no size in it makes memory, and what cannot be is an error. One caller at a time.</summary>
/// <remarks>After <see cref="ReadFrameAsync"/> the caller takes exactly <see cref="NutFrame.Size"/> bytes with <see cref="ReadBodyAsync"/>
/// and <see cref="SkipAsync"/>, straight into their place. Format: the NUT specification of the MPlayer and FFmpeg projects.</remarks>
public sealed class NutReader
{
    /// <summary>The stream ended inside a frame or a header.</summary>
    public const string CutCode = "stream-cut";

    /// <summary>The stream is not what ffmpeg writes.</summary>
    public const string DamagedCode = "stream-damaged";

    private readonly NutByteReader _bytes;
    private NutMainHeader? _main;
    private int _ptsShift;
    private int _timeBase;
    private long _lastPts;
    private long _previousPts = long.MinValue;
    private byte[] _elided = [];
    private long _elidedLeft;

    /// <param name="source">Reads some bytes, at least one, or 0 at the end.</param>
    public NutReader(Func<Memory<byte>, CancellationToken, ValueTask<int>> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _bytes = new NutByteReader(source);
    }

    /// <summary>Reads up to the header of the one stream. Called once, first.</summary>
    /// <exception cref="MatteException"><see cref="CutCode"/> or <see cref="DamagedCode"/>.</exception>
    public async ValueTask<NutHeader> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        byte[] magic = NutFormat.Signature.ToArray();
        foreach (byte expected in magic)
            if (await _bytes.NextAsync(cancellationToken).ConfigureAwait(false) != expected)
                throw Damaged("it does not begin like NUT");
        while (true)
        {
            int first = await _bytes.NextAsync(cancellationToken).ConfigureAwait(false);
            if (first != NutFormat.StartcodeByte)
                throw Damaged("frames come before the header of their stream");
            ulong code = await _bytes.StartCodeAsync(cancellationToken).ConfigureAwait(false);
            int length = await _bytes.PacketAsync(code, cancellationToken).ConfigureAwait(false);
            if (code == NutFormat.MainStartcode)
                _main = NutMainHeader.Parse(_bytes.Packet(length));
            else if (code == NutFormat.StreamStartcode)
                return ParseStream(_bytes.Packet(length));
        }
    }

    /// <summary>Reads up to the pixels of the next frame.</summary>
    /// <returns>Null where the stream ended between frames.</returns>
    /// <exception cref="MatteException"><see cref="CutCode"/> or <see cref="DamagedCode"/>.</exception>
    public async ValueTask<NutFrame?> ReadFrameAsync(CancellationToken cancellationToken)
    {
        NutMainHeader main = _main ?? throw new InvalidOperationException("the header was not read");
        while (true)
        {
            _bytes.BeginChecksum();
            if (await _bytes.IsAtEndAsync(cancellationToken).ConfigureAwait(false))
                return null;
            int first = await _bytes.NextAsync(cancellationToken).ConfigureAwait(false);
            if (first != NutFormat.StartcodeByte)
                return await FrameAsync(main, first, cancellationToken).ConfigureAwait(false);
            ulong code = await _bytes.StartCodeAsync(cancellationToken).ConfigureAwait(false);
            int length = await _bytes.PacketAsync(code, cancellationToken).ConfigureAwait(false);
            if (code == NutFormat.SyncpointStartcode)
                ParseSyncpoint(main, _bytes.Packet(length));
        }
    }

    /// <summary>Fills <paramref name="body"/> with the next pixels.</summary>
    /// <exception cref="MatteException"><see cref="CutCode"/>.</exception>
    public ValueTask ReadBodyAsync(Memory<byte> body, CancellationToken cancellationToken)
    {
        if (_elidedLeft > 0)
        {
            int elided = (int)Math.Min(_elidedLeft, body.Length);
            _elided.AsMemory(_elided.Length - (int)_elidedLeft, elided).CopyTo(body);
            _elidedLeft -= elided;
            body = body[elided..];
        }

        return _bytes.ReadAsync(body, cancellationToken);
    }

    /// <summary>Leaves out the next <paramref name="count"/> bytes of pixels.</summary>
    /// <exception cref="MatteException"><see cref="CutCode"/>.</exception>
    public ValueTask SkipAsync(long count, CancellationToken cancellationToken) => _bytes.SkipAsync(count, cancellationToken);

    internal static MatteException Damaged(string what) =>
        new(ErrorKind.Input, DamagedCode, $"The decoder's stream is damaged: {what}; look at ffmpeg's version with `videomatte doctor`.");

    internal static MatteException Cut() =>
        new(ErrorKind.Input, CutCode, "The decoder's stream ended in the middle of a frame; the decoder has failed.");

    private NutHeader ParseStream(ReadOnlySpan<byte> body)
    {
        NutMainHeader main = _main ?? throw Damaged("a stream comes before the main header");
        NutPacketReader packet = new(body);
        if (packet.Unsigned() != 0)
            throw Damaged("the only stream has a number other than 0");
        if (packet.Unsigned() != 0)
            throw Damaged("the stream is not video");
        uint tag = packet.Tag();
        _timeBase = packet.Bounded(main.TimeBases.Length - 1, "the number of the time base");
        _ptsShift = packet.Bounded(16, "the shift of times");
        packet.Unsigned(); // max_pts_distance: when to write a checksum
        packet.Unsigned(); // decode_delay
        packet.Unsigned(); // flags
        packet.Bytes(NutByteReader.LongestHeader, "the extra data");
        int width = packet.Bounded(1 << 20, "the width"), height = packet.Bounded(1 << 20, "the height");
        int upper = packet.Bounded(int.MaxValue, "the sample aspect"), lower = packet.Bounded(int.MaxValue, "the sample aspect");
        if (width == 0 || height == 0)
            throw Damaged("the picture has no size");
        return new NutHeader(tag, width, height, main.TimeBases[_timeBase], upper > 0 && lower > 0 ? new Rational(upper, lower) : null);
    }

    private void ParseSyncpoint(NutMainHeader main, ReadOnlySpan<byte> body)
    {
        NutPacketReader packet = new(body);
        ulong time = packet.Unsigned();
        int timeBase = (int)(time % (uint)main.TimeBases.Length);
        ulong ticks = time / (uint)main.TimeBases.Length;
        if (ticks > long.MaxValue / 4)
            throw Damaged("a time is out of range");
        _lastPts = timeBase == _timeBase
            ? (long)ticks
            : FloorTicks((long)ticks, main.TimeBases[timeBase], main.TimeBases[_timeBase]);
    }

    private static long FloorTicks(long ticks, Rational from, Rational to)
    {
        // Numerators and denominators are below 2^31: with 2^60 ticks the product stays below 2^122.
        if (ticks > 1L << 60)
            throw Damaged("a time is out of range");
        Int128 value = (Int128)ticks * from.Numerator * to.Denominator / ((Int128)from.Denominator * to.Numerator);
        return value >= 0 && value <= long.MaxValue / 4 ? (long)value : throw Damaged("a time is out of range");
    }

    private async ValueTask<NutFrame?> FrameAsync(NutMainHeader main, int first, CancellationToken cancellationToken)
    {
        NutFrameCode code = main.Codes[first];
        NutFrameFlags flags = code.Flags;
        if ((flags & NutFrameFlags.Invalid) != 0)
            throw Damaged("a frame begins with a byte that is not in use");
        if ((flags & NutFrameFlags.CodedFlags) != 0)
            flags ^= (NutFrameFlags)Math.Min(await _bytes.NumberAsync(cancellationToken).ConfigureAwait(false), 0xFFFF);
        if ((flags & (NutFrameFlags.Invalid | NutFrameFlags.SideData)) != 0)
            throw Damaged("a frame has flags that are not in use");
        long stream = (flags & NutFrameFlags.StreamNumber) != 0 ? await _bytes.NumberAsync(cancellationToken).ConfigureAwait(false) : code.Stream;
        long pts = _lastPts + code.PtsDelta;
        if ((flags & NutFrameFlags.CodedPresentationTime) != 0)
            pts = FullPts(await _bytes.NumberAsync(cancellationToken).ConfigureAwait(false));
        long size = code.SizeLsb;
        if ((flags & NutFrameFlags.SizeMsb) != 0)
        {
            long msb = await _bytes.NumberAsync(cancellationToken).ConfigureAwait(false);
            if (msb > int.MaxValue)
                throw Damaged("a frame's size is out of range");
            size += msb * code.SizeMul;
        }

        if ((flags & NutFrameFlags.MatchTime) != 0)
            await _bytes.NumberAsync(cancellationToken).ConfigureAwait(false);
        long header = (flags & NutFrameFlags.HeaderIndex) != 0 ? await _bytes.NumberAsync(cancellationToken).ConfigureAwait(false) : code.HeaderIndex;
        long reserved = (flags & NutFrameFlags.Reserved) != 0 ? await _bytes.NumberAsync(cancellationToken).ConfigureAwait(false) : code.Reserved;
        if (stream != 0 || reserved > 256 || header >= main.Elisions.Length)
            throw Damaged("a frame names a stream or header that does not exist");
        for (; reserved > 0; reserved--)
            await _bytes.NumberAsync(cancellationToken).ConfigureAwait(false);
        if ((flags & NutFrameFlags.Checksum) != 0)
        {
            for (int i = 0; i < 4; i++)
                await _bytes.NextAsync(cancellationToken).ConfigureAwait(false);
            if (_bytes.IsChecksumWrong)
                throw Damaged("the checksum of a frame's header is wrong");
        }

        _elided = size <= NutFormat.LongPacket ? main.Elisions[header] : [];
        _elidedLeft = _elided.Length;
        if (size < _elidedLeft)
            throw Damaged("a frame is shorter than its header");
        if (pts < 0 || pts > long.MaxValue / 4 || pts <= _previousPts)
            throw Damaged("the times of the frames do not grow");
        _lastPts = _previousPts = pts;
        return new NutFrame(pts, size);
    }

    /// <summary>The time a coded one stands for: in full, or its low bits near the last one.</summary>
    private long FullPts(long coded)
    {
        long span = 1L << _ptsShift;
        if (coded >= span)
            return coded - span;
        long low = _lastPts - ((span - 1) / 2);
        return ((coded - low) & (span - 1)) + low;
    }
}
