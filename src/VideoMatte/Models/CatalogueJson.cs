using System.Text.Json.Serialization;

namespace VideoMatte.Models;

/// <summary>Strict reading of <c>catalog.json</c>: unknown, missing, doubled and null members are errors, enums are words.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(CommercialUseConverter)])]
[JsonSerializable(typeof(CatalogueDocument))]
[JsonSerializable(typeof(ModelEntry))]
internal sealed partial class CatalogueJson : JsonSerializerContext;
