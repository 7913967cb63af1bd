using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoMatte.Models;

/// <summary><c>yes</c>, <c>no</c>, <c>unknown</c>: exactly these words, no numbers.</summary>
internal sealed class CommercialUseConverter : JsonConverter<CommercialUse>
{
    public override CommercialUse Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString() switch
        {
            "yes" => CommercialUse.Yes,
            "no" => CommercialUse.No,
            "unknown" => CommercialUse.Unknown,
            _ => throw new JsonException("commercial is yes, no or unknown"),
        }
        : throw new JsonException("commercial is yes, no or unknown");

    public override void Write(Utf8JsonWriter writer, CommercialUse value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value switch { CommercialUse.Yes => "yes", CommercialUse.No => "no", _ => "unknown" });
}
