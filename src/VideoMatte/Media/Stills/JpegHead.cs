using System.Globalization;

namespace VideoMatte.Media.Stills;

/// <summary>Walks the markers of a JPEG (ITU-T T.81) to its first scan.</summary>
internal static class JpegHead
{
    /// <summary>Cameras put padding or small second pictures behind a picture's end, which end alike.</summary>
    private const int LookBack = 64 * 1024;

    private const int MostChunks = 255;

    private static ReadOnlySpan<byte> Exif => "Exif\0\0"u8;

    private static ReadOnlySpan<byte> Icc => "ICC_PROFILE\0"u8;

    public static StillHead? Read(StillBytes file)
    {
        file.Position = 2;
        StillHead? head = null;
        int orientation = 1;
        SortedDictionary<int, byte[]> profile = [];
        int announced = 0;
        bool broken = false;
        try
        {
            while (true)
            {
                byte marker = NextMarker(file);
                if (marker is 0xDA or 0xD9)
                    break;
                if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
                    continue;
                long end = file.Position + file.Word();
                if (IsFrame(marker))
                    head = Frame(file);
                else if (marker == 0xE1 && Begins(file, end, Exif))
                    orientation = TiffDirectory.Orientation(file, file.Position, end);
                else if (marker == 0xE2 && Begins(file, end, Icc))
                {
                    int number = file.Byte();
                    announced = Math.Max(announced, file.Byte());
                    broken |= number is 0 or > MostChunks || !profile.TryAdd(number, file.Block(Math.Max(0, end - file.Position)));
                }

                file.Position = end;
            }
        }
        catch (EndOfStreamException)
        {
            broken |= profile.Count > 0;
        }

        if (head is null)
            return null;
        head = head with { Orientation = orientation, IsCut = !HasEnd(file) };
        if (profile.Count == 0)
            return head;
        bool whole = !broken && profile.Count == announced && profile.Keys.First() == 1 && profile.Keys.Last() == announced;
        return whole ? head with { Profile = [.. profile.Values.SelectMany(p => p)] } : head with { ProfileProblem = "a part of it is missing" };
    }

    private static byte NextMarker(StillBytes file)
    {
        while (file.Byte() != 0xFF)
        {
        }

        byte marker;
        while ((marker = file.Byte()) == 0xFF)
        {
        }

        return marker;
    }

    /// <summary>SOF0 to SOF15, without the tables and the reserved one among them.</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static StillHead Frame(StillBytes file)
    {
        int depth = file.Byte(), height = file.Word(), width = file.Word(), count = file.Byte();
        List<string> sampling = [];
        for (int i = 0; i < count; i++)
        {
            file.Byte();
            byte factors = file.Byte();
            file.Byte();
            sampling.Add(string.Create(CultureInfo.InvariantCulture, $"{factors >> 4}x{factors & 15}"));
        }

        string samples = string.Create(CultureInfo.InvariantCulture, $"{depth}-bit, sampled {string.Join(' ', sampling)}");
        return new StillHead("JPEG", width, height, samples) { IsCmyk = count == 4 };
    }

    /// <summary>The segment begins so; its bytes behind that come next. Else it is where it was.</summary>
    private static bool Begins(StillBytes file, long end, ReadOnlySpan<byte> name)
    {
        long at = file.Position;
        if (end - at >= name.Length && file.Block(name.Length).AsSpan().SequenceEqual(name))
            return true;
        file.Position = at;
        return false;
    }

    private static bool HasEnd(StillBytes file)
    {
        file.Position = Math.Max(0, file.Length - LookBack);
        return file.Block(file.Length - file.Position).AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0;
    }
}
