using System.Globalization;
using System.Text;

namespace VideoMatte.Models;

/// <summary>What a tensor says of data that lies in another file. Untrusted.</summary>
/// <param name="Location">As written, cut off after 200 bytes; empty where it says none.</param>
/// <param name="Offset">Bytes from that file's start; 0 where it says none.</param>
/// <param name="Length">Bytes; null where it says none: up to that file's end.</param>
/// <param name="Fault">A clause that goes on after "a tensor", where what it says cannot be; else null.</param>
internal sealed record ExternalTensor(string Location, long Offset, long? Length, string? Fault)
{
    /// <summary>Longer than any name of a part may be, so that what is cut off is the name of none.</summary>
    private const int LongestLocation = 200;

    private const int LongestKey = 20;

    /// <summary>True where a TensorProto says that its data, or some of it, lies elsewhere. Whatever is no plain 0 counts as elsewhere: a reader
    /// that takes only the number's low bits would see it so.</summary>
    public static bool IsIn(ReadOnlySpan<byte> tensor)
    {
        var field = new WireReader(tensor);
        while (field.Next())
            if (field is { Field: OnnxFields.ExternalDataOfTensor, HasPayload: true } || (field.Field == OnnxFields.DataLocationOfTensor && field.Number != 0))
                return true;
        return false;
    }

    /// <summary>Reads a TensorProto; null where it keeps its data to itself.</summary>
    public static ExternalTensor? Of(ReadOnlySpan<byte> tensor)
    {
        if (!IsIn(tensor))
            return null;
        (string location, string? offset, string? length, bool hasData) = (string.Empty, null, null, false);
        var field = new WireReader(tensor);
        while (field.Next())
        {
            hasData |= IsData(field.Field) && !(field.HasPayload && field.Payload.IsEmpty);
            if (field is not { Field: OnnxFields.ExternalDataOfTensor, HasPayload: true })
                continue;
            (string key, string value) = Pair(field.Payload);
            (location, offset, length) = key switch
            {
                "location" => (value, offset, length),
                "offset" => (location, value, length),
                "length" => (location, offset, value),
                _ => (location, offset, length),
            };
        }

        long? from = Number(offset ?? "0"), count = Number(length ?? "0");
        string? fault = location.Length == 0 ? "does not say in which"
            : hasData ? "has data of its own besides"
            : from is null || count is null ? "says from where to where in no plain numbers"
            : null;
        return new ExternalTensor(location, from ?? 0, length is null ? null : count, fault);
    }

    /// <summary>float_data, int32_data, string_data, int64_data; raw_data, double_data, uint64_data.</summary>
    private static bool IsData(int field) => field is (>= 4 and <= 7) or (>= OnnxFields.RawDataOfTensor and <= 11);

    private static (string Key, string Value) Pair(ReadOnlySpan<byte> place)
    {
        (string key, string value) = (string.Empty, string.Empty);
        var field = new WireReader(place);
        while (field.Next())
        {
            if (field is { Field: OnnxFields.KeyOfPlace, HasPayload: true })
                key = Text(field.Payload, LongestKey);
            else if (field is { Field: OnnxFields.ValueOfPlace, HasPayload: true })
                value = Text(field.Payload, LongestLocation);
        }

        return (key, value);
    }

    private static string Text(ReadOnlySpan<byte> utf8, int longest) => Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, longest)]);

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
