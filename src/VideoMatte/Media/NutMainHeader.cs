using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>The main header of a NUT: time bases, the table of frame codes, elided headers. Every count is bounded before it is used.</summary>
internal sealed class NutMainHeader
{
    private const int MostTimeBases = 16;
    private const int MostElisions = 128;
    private const int LongestElision = 255;

    private NutMainHeader(Rational[] timeBases, NutFrameCode[] codes, byte[][] elisions)
    {
        TimeBases = timeBases;
        Codes = codes;
        Elisions = elisions;
    }

    public Rational[] TimeBases { get; }

    /// <summary>256 of them.</summary>
    public NutFrameCode[] Codes { get; }

    /// <summary>Number 0 is the empty one.</summary>
    public byte[][] Elisions { get; }

    public static NutMainHeader Parse(ReadOnlySpan<byte> body)
    {
        NutPacketReader packet = new(body);
        int version = packet.Bounded(int.MaxValue, "the version");
        if (version is < 2 or > 4)
            throw NutReader.Damaged("it is of a NUT version that is not known");
        if (version > 3)
            packet.Unsigned();
        if (packet.Bounded(int.MaxValue, "the number of streams") != 1)
            throw NutReader.Damaged("it holds another number of streams than one");
        packet.Unsigned(); // max_distance: for seeking
        Rational[] bases = new Rational[packet.Bounded(MostTimeBases, "the number of time bases")];
        for (int i = 0; i < bases.Length; i++)
            bases[i] = packet.Fraction("a time base");
        if (bases.Length == 0)
            throw NutReader.Damaged("it has no time base");
        return new NutMainHeader(bases, ParseCodes(ref packet), ParseElisions(ref packet));
    }

    private static NutFrameCode[] ParseCodes(ref NutPacketReader packet)
    {
        NutFrameCode[] codes = new NutFrameCode[256];
        long ptsDelta = 0, sizeMul = 1;
        int stream = 0, header = 0;
        for (int at = 0; at < 256;)
        {
            NutFrameFlags flags = (NutFrameFlags)packet.Bounded(0xFFFF, "the flags of a frame code");
            int fields = packet.Bounded(64, "the fields of a frame code");
            long sizeLsb = 0, count;
            int reserved = 0;
            if (fields > 0)
                ptsDelta = packet.Signed();
            if (fields > 1)
                sizeMul = packet.Bounded(1 << 24, "a size factor");
            if (fields > 2)
                stream = packet.Bounded(255, "a stream number");
            if (fields > 3)
                sizeLsb = packet.Bounded(1 << 24, "a size");
            if (fields > 4)
                reserved = packet.Bounded(256, "a reserved count");
            count = fields > 5 ? packet.Bounded(256, "a count of frame codes") : sizeMul - sizeLsb;
            if (fields > 6)
                packet.Signed(); // match: for seeking
            if (fields > 7)
                header = packet.Bounded(MostElisions, "a header index");
            for (int i = 8; i < fields; i++)
                packet.Unsigned();
            if (count <= 0)
                throw NutReader.Damaged("a run of frame codes is empty");
            for (long j = 0; j < count && at < 256; at++)
            {
                if (at == NutFormat.StartcodeByte)
                {
                    codes[at] = new NutFrameCode(NutFrameFlags.Invalid, 0, 1, 0, 0, 0, 0);
                    continue;
                }

                codes[at] = new NutFrameCode(flags, ptsDelta, sizeMul, sizeLsb + j, stream, reserved, header);
                j++;
            }
        }

        return codes;
    }

    private static byte[][] ParseElisions(ref NutPacketReader packet)
    {
        byte[][] elisions = new byte[packet.Bounded(MostElisions - 1, "the number of elided headers") + 1][];
        elisions[0] = [];
        for (int i = 1; i < elisions.Length; i++)
            elisions[i] = packet.Bytes(LongestElision, "an elided header").ToArray();
        return elisions;
    }
}
