using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using VideoMatte.Frames;

namespace VideoMatte.Media.Stills;

/// <summary>Puts what the source says of its colours into a finished PNG (ISO/IEC 15948), where ffmpeg does not carry it: an ICC profile byte
/// for byte (iCCP), or the code points of PQ and HLG (cICP), without which a reader takes the picture for sRGB.</summary>
internal static class PngProfile
{
    private const int HeaderEnd = 8 + 12 + 13;
    private const uint CrcPolynomial = 0xEDB88320;

    /// <summary>What speaks of colour too, and would contradict it.</summary>
    private static readonly string[] Displaced = ["iCCP", "sRGB", "gAMA", "cHRM", "cICP"];

    /// <summary>The chunk a file of this output shall hold; null: there is nothing to say, or it is not about what the file holds.</summary>
    public static byte[]? For(MediaInfo source, OutputSpec output)
    {
        if (output.Preset.Id != Presets.Png.Id || output.MatteOnly)
            return null;
        ColourDescription colour = source.Video.Format.Colour;
        if (colour.Transfer is ColourTransfer.Pq or ColourTransfer.Hlg)
        {
            ColourPrimaries primaries = colour.Primaries == ColourPrimaries.Unspecified ? ColourPrimaries.Bt2020 : colour.Primaries;
            // RGB has no matrix (0) and is of full range (1).
            return Chunk("cICP", [(byte)primaries, (byte)colour.Transfer, 0, 1]);
        }

        return IccProfile.KeptBy(output, source) is { } profile ? Chunk("iCCP", [.. "ICC profile\0"u8, 0, .. Packed(profile)]) : null;
    }

    /// <summary>Rewrites a PNG with the chunk in it.</summary>
    /// <param name="path">Of a whole PNG.</param>
    /// <param name="chunk">Of <see cref="For"/>.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Insert(string path, byte[] chunk)
    {
        string rewritten = path + ".icc";
        try
        {
            using (FileStream from = File.OpenRead(path))
            using (FileStream to = File.Create(rewritten))
                Rewrite(from, to, chunk);
            File.Move(rewritten, path, overwrite: true);
        }
        finally
        {
            File.Delete(rewritten);
        }
    }

    private static void Rewrite(Stream from, Stream to, byte[] chunk)
    {
        byte[] head = new byte[HeaderEnd];
        from.ReadExactly(head);
        to.Write(head);
        to.Write(chunk);
        byte[] start = new byte[8];
        while (from.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(start);
            string type = Encoding.Latin1.GetString(start, 4, 4);
            if (Displaced.Contains(type, StringComparer.Ordinal))
            {
                from.Position += length + 4L;
                continue;
            }

            to.Write(start);
            if (type == "IDAT")
                break;
            byte[] rest = new byte[length + 4];
            from.ReadExactly(rest);
            to.Write(rest);
        }

        // Behind the first piece of the picture nothing of colour may stand.
        from.CopyTo(to);
    }

    private static byte[] Packed(byte[] profile)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            zlib.Write(profile);
        return packed.ToArray();
    }

    private static byte[] Chunk(string type, byte[] body)
    {
        byte[] chunk = new byte[body.Length + 12];
        BinaryPrimitives.WriteUInt32BigEndian(chunk, (uint)body.Length);
        Encoding.Latin1.GetBytes(type, chunk.AsSpan(4));
        body.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(^4..), Crc(chunk.AsSpan(4, body.Length + 4)));
        return chunk;
    }

    /// <summary>CRC-32 of ISO 3309, as PNG's annex D has it; a few kilobytes an image, so bit by bit.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * CrcPolynomial);
        }

        return ~crc;
    }
}
