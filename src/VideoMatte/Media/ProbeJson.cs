using System.Globalization;
using System.Text.Json;
using VideoMatte.Frames;

namespace VideoMatte.Media;

/// <summary>Reads values of ffprobe's JSON, where a number may be a number or a string, and anything may be missing.</summary>
internal static class ProbeJson
{
    private static readonly IReadOnlyDictionary<string, string> NoTags = new Dictionary<string, string>();

    public static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;

    public static long? Integer(JsonElement of, string name) =>
        long.TryParse(Text(of, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;

    public static int Small(JsonElement of, string name) => Integer(of, name) is >= 0 and <= int.MaxValue and long value ? (int)value : 0;

    /// <summary>A positive fraction; null for ffprobe's 0/0 and N/A.</summary>
    public static Rational? Positive(JsonElement of, string name) =>
        Rational.TryParse(Text(of, name), out Rational value) && value > Rational.Zero ? value : null;

    /// <summary>Decimal seconds, exact to the microsecond ffprobe prints.</summary>
    public static Rational? Seconds(JsonElement of, string name) =>
        decimal.TryParse(Text(of, name), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
        && Math.Abs(value) < 1_000_000_000_000m
            ? new Rational((long)Math.Round(value * 1_000_000m), 1_000_000)
            : null;

    /// <summary>A whole number of ticks in seconds; exact.</summary>
    public static Rational? Ticks(JsonElement of, string name, Rational timeBase)
    {
        if (Integer(of, name) is not { } ticks)
            return null;
        try
        {
            return Rational.FromTicks(ticks, timeBase);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>Names compare without case; of two alike the first stays.</summary>
    public static IReadOnlyDictionary<string, string> Tags(JsonElement of)
    {
        if (of.ValueKind != JsonValueKind.Object || !of.TryGetProperty("tags", out JsonElement tags) || tags.ValueKind != JsonValueKind.Object)
            return NoTags;
        Dictionary<string, string> found = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty tag in tags.EnumerateObject())
            if (tag.Value.ValueKind == JsonValueKind.String)
                found.TryAdd(tag.Name, tag.Value.GetString()!);
        return found;
    }

    /// <summary>The flags that are set: <c>default</c>, <c>forced</c>, <c>attached_pic</c>...</summary>
    public static IReadOnlyList<string> Dispositions(JsonElement stream) =>
        stream.TryGetProperty("disposition", out JsonElement flags) && flags.ValueKind == JsonValueKind.Object
            ? [.. flags.EnumerateObject().Where(f => f.Value.ValueKind == JsonValueKind.Number && f.Value.GetRawText() == "1").Select(f => f.Name)]
            : [];

    public static IEnumerable<JsonElement> List(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : [];
}
