using System.Buffers.Binary;
using System.Text;
using VideoMatte.Frames;

namespace VideoMatte.Media.Exr;

/// <summary>The header of a scanline OpenEXR file of half floats, by the OpenEXR project's "File Layout" and "Standard Attributes".</summary>
internal sealed class ExrHeader
{
    /// <summary>Rows of one ZIP-compressed block.</summary>
    public const int BlockRows = 16;

    private const int Magic = 20000630;
    private const int Version = 2;
    private const byte ZipCompression = 3;
    private const int HalfSamples = 1;

    private readonly MemoryStream _bytes = new();

    private ExrHeader()
    {
    }

    /// <summary>Names of the channels in the file's order, which is the alphabet's.</summary>
    public static string Channels(bool hasAlpha) => hasAlpha ? "ABGR" : "BGR";

    /// <summary>All bytes before the table of offsets.</summary>
    /// <param name="format">Size, aspect and colours of the picture.</param>
    /// <param name="hasAlpha">A channel A is there.</param>
    /// <param name="light">RGB is light relative to reference white, which PQ and HLG name in cd/m2.</param>
    /// <param name="rate">Frames a second; null where unknown.</param>
    /// <param name="timecode">As <see cref="Timecode.Packed"/>; null: none.</param>
    public static byte[] Write(FrameFormat format, bool hasAlpha, bool light, Rational? rate, uint? timecode)
    {
        ExrHeader header = new();
        header.Int(Magic);
        header.Int(Version);
        header.ChannelList(Channels(hasAlpha));
        if (Chromaticities.Of(format.Colour.Primaries) is { } known)
            header.Attribute("chromaticities", "chromaticities", known.AsSpan());
        header.Attribute("compression", "compression", [ZipCompression]);
        header.Attribute("dataWindow", "box2i", [0, 0, format.Width - 1, format.Height - 1]);
        header.Attribute("displayWindow", "box2i", [0, 0, format.Width - 1, format.Height - 1]);
        if (rate is { Numerator: > 0 and <= int.MaxValue, Denominator: <= int.MaxValue } r)
            header.Attribute("framesPerSecond", "rational", [(int)r.Numerator, (int)r.Denominator]);
        header.Attribute("lineOrder", "lineOrder", [(byte)0]);
        header.Attribute("pixelAspectRatio", "float", [(float)format.SampleAspect.ToDouble()]);
        header.Attribute("screenWindowCenter", "v2f", [0f, 0f]);
        header.Attribute("screenWindowWidth", "float", [1f]);
        if (timecode is { } packed)
            header.Attribute("timeCode", "timecode", [(int)packed, 0]);
        if (light && format.Colour.Transfer is ColourTransfer.Pq or ColourTransfer.Hlg)
            header.Attribute("whiteLuminance", "float", [(float)TransferCurve.ReferenceWhite]);
        header._bytes.WriteByte(0);
        return header._bytes.ToArray();
    }

    private void ChannelList(string channels)
    {
        byte[] list = new byte[(18 * channels.Length) + 1];
        for (int i = 0; i < channels.Length; i++)
        {
            Span<byte> one = list.AsSpan(18 * i, 18);
            one[0] = (byte)channels[i];
            BinaryPrimitives.WriteInt32LittleEndian(one[2..], HalfSamples);
            // A byte about linearity, three of nothing, then one sample a pixel each way.
            BinaryPrimitives.WriteInt32LittleEndian(one[10..], 1);
            BinaryPrimitives.WriteInt32LittleEndian(one[14..], 1);
        }

        Attribute("channels", "chlist", list);
    }

    private void Attribute(string name, string type, ReadOnlySpan<int> values)
    {
        Start(name, type, 4 * values.Length);
        foreach (int value in values)
            Int(value);
    }

    private void Attribute(string name, string type, ReadOnlySpan<float> values)
    {
        Start(name, type, 4 * values.Length);
        foreach (float value in values)
            Int(BitConverter.SingleToInt32Bits(value));
    }

    private void Attribute(string name, string type, ReadOnlySpan<byte> value)
    {
        Start(name, type, value.Length);
        _bytes.Write(value);
    }

    private void Start(string name, string type, int size)
    {
        _bytes.Write(Encoding.ASCII.GetBytes(name + "\0" + type + "\0"));
        Int(size);
    }

    private void Int(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        _bytes.Write(bytes);
    }
}
