using System.Globalization;
using System.Text;
using VideoMatte.Frames;

namespace VideoMatte.Media.Stills;

/// <summary>The attributes of an OpenEXR file's first part (OpenEXR file layout, version 2).</summary>
internal static class ExrHead
{
    private const int LongestName = 255, MostAttributes = 1000, MostValue = 1 << 20;

    public static StillHead? Read(StillBytes file)
    {
        file.IsBigEndian = false;
        file.Position = 8;
        string? channels = null;
        (int Width, int Height)? window = null;
        Rational? rate = null;
        for (int i = 0; i < MostAttributes && Text(file) is { Length: > 0 } name; i++)
        {
            string type = Text(file);
            long size = file.Long(), next = file.Position + size;
            if (size > MostValue)
            {
                file.Position = next;
                continue;
            }

            if (name == "channels" && type == "chlist")
                channels = Channels(file);
            else if (name == "displayWindow" && type == "box2i")
                window = Box(file);
            else if (name == "framesPerSecond" && type == "rational" && (int)file.Long() is > 0 and int upper && file.Long() is > 0 and <= int.MaxValue and uint lower)
                rate = new Rational(upper, lower);
            file.Position = next;
        }

        return channels is not null && window is { } size2 ? new StillHead("EXR", size2.Width, size2.Height, channels) { Rate = rate } : null;
    }

    private static string Text(StillBytes file)
    {
        StringBuilder text = new();
        for (byte next; (next = file.Byte()) != 0;)
        {
            if (text.Length == LongestName)
                throw new InvalidDataException("a name has no end");
            text.Append((char)next);
        }

        return text.ToString();
    }

    private static string Channels(StillBytes file)
    {
        List<string> found = [];
        while (Text(file) is { Length: > 0 } name)
        {
            string type = file.Long() switch { 0 => "uint", 1 => "half", _ => "float" };
            file.Position += 4;
            found.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {type} {file.Long()}x{file.Long()}"));
        }

        return string.Join(", ", found);
    }

    private static (int Width, int Height)? Box(StillBytes file)
    {
        int left = (int)file.Long(), top = (int)file.Long(), right = (int)file.Long(), bottom = (int)file.Long();
        long width = (long)right - left + 1, height = (long)bottom - top + 1;
        return width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue ? ((int)width, (int)height) : null;
    }
}
