using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace VideoMatte.Media.Stills;

/// <summary>Walks the chunks of a PNG (ISO/IEC 15948) to its end.</summary>
internal static class PngHead
{
    private const long Signature = 8;
    private const int LongestName = 79;

    public static StillHead Read(StillBytes file)
    {
        file.Position = Signature;
        StillHead? head = null;
        bool transparent = false, ended = false;
        try
        {
            while (!ended)
            {
                long length = file.Long();
                string type = Encoding.Latin1.GetString(file.Block(4));
                long next = file.Position + length + 4;
                if (head is null)
                    head = type == "IHDR" ? Header(file) : throw new InvalidDataException("no IHDR");
                else if (type == "tRNS")
                    transparent = true;
                else if (type == "eXIf" && next <= file.Length)
                    head = head with { Orientation = TiffDirectory.Orientation(file, file.Position, file.Position + length) };
                else if (type == "iCCP" && next <= file.Length)
                    head = WithProfile(head, file.Block(length));
                ended = type == "IEND";
                if (next > file.Length)
                    throw new EndOfStreamException();
                file.Position = next;
            }
        }
        catch (EndOfStreamException) when (head is not null)
        {
            // What is there is shown; the end is missing.
        }

        return head! with { Samples = head.Samples + (transparent ? " with transparency" : ""), IsCut = !ended };
    }

    private static StillHead Header(StillBytes file)
    {
        int width = (int)Math.Min(int.MaxValue, file.Long()), height = (int)Math.Min(int.MaxValue, file.Long());
        int depth = file.Byte();
        string colour = file.Byte() switch { 0 => "grey", 2 => "RGB", 3 => "palette", 4 => "grey and alpha", 6 => "RGB and alpha", _ => "unknown" };
        return new StillHead("PNG", width, height, string.Create(CultureInfo.InvariantCulture, $"{depth}-bit {colour}"));
    }

    /// <summary>iCCP: a name, 0, the method (0), and the profile as zlib.</summary>
    private static StillHead WithProfile(StillHead head, byte[] chunk)
    {
        int end = Array.IndexOf(chunk, (byte)0);
        if (end is < 0 or > LongestName || end + 2 > chunk.Length || chunk[end + 1] != 0)
            return head with { ProfileProblem = "its chunk is damaged" };
        using ZLibStream zlib = new(new MemoryStream(chunk, end + 2, chunk.Length - end - 2), CompressionMode.Decompress);
        byte[] part = new byte[16 * 1024];
        using MemoryStream profile = new();
        try
        {
            for (int read; (read = zlib.Read(part)) > 0;)
            {
                profile.Write(part, 0, read);
                // A few kilobytes may unpack to gigabytes.
                if (profile.Length > IccProfile.MostBytes)
                    return head with { ProfileProblem = IccProfile.TooLarge };
            }
        }
        catch (InvalidDataException)
        {
            return head with { ProfileProblem = "its chunk is damaged" };
        }

        return head with { Profile = profile.ToArray() };
    }
}
