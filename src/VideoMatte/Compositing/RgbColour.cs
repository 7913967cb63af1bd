using System.Globalization;

namespace VideoMatte.Compositing;

/// <summary>A colour as people write it: display-referred R'G'B', 0..255 each.</summary>
public readonly record struct RgbColour(byte R, byte G, byte B)
{
    /// <summary>The sixteen basic names of CSS (level 1) and the common synonyms. As in CSS, <c>green</c> is #008000 and <c>lime</c>
    /// #00ff00.</summary>
    private static readonly Dictionary<string, RgbColour> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["black"] = new(0, 0, 0),
        ["silver"] = new(192, 192, 192),
        ["gray"] = new(128, 128, 128),
        ["grey"] = new(128, 128, 128),
        ["white"] = new(255, 255, 255),
        ["maroon"] = new(128, 0, 0),
        ["red"] = new(255, 0, 0),
        ["purple"] = new(128, 0, 128),
        ["fuchsia"] = new(255, 0, 255),
        ["magenta"] = new(255, 0, 255),
        ["green"] = new(0, 128, 0),
        ["lime"] = new(0, 255, 0),
        ["olive"] = new(128, 128, 0),
        ["yellow"] = new(255, 255, 0),
        ["navy"] = new(0, 0, 128),
        ["blue"] = new(0, 0, 255),
        ["teal"] = new(0, 128, 128),
        ["aqua"] = new(0, 255, 255),
        ["cyan"] = new(0, 255, 255),
        ["orange"] = new(255, 165, 0),
    };

    /// <summary>The names <see cref="TryParse"/> knows.</summary>
    public static IReadOnlyCollection<string> KnownNames => Names.Keys;

    /// <summary>Reads <c>#rgb</c>, <c>#rrggbb</c> or a name, in any case.</summary>
    public static bool TryParse(string? text, out RgbColour colour)
    {
        colour = default;
        if (string.IsNullOrEmpty(text))
            return false;
        if (text[0] != '#')
            return Names.TryGetValue(text, out colour);
        if (text.Length is not (4 or 7)
            || !uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value))
            return false;
        colour = text.Length == 7
            ? new RgbColour((byte)(value >> 16), (byte)(value >> 8), (byte)value)
            : new RgbColour((byte)((value >> 8) * 17), (byte)(((value >> 4) & 15) * 17), (byte)((value & 15) * 17));
        return true;
    }

    /// <summary><c>#rrggbb</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");
}
