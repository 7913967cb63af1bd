using System.Text.Json.Serialization;

namespace VideoMatte.Models;

/// <summary>Strict reading of <c>catalog.json</c>: unknown, missing, doubled and null members are errors, enums are words.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(CommercialUseConverter)])]
[JsonSerializable(typeof(CatalogueDocument))]
internal sealed partial class CatalogueJson : JsonSerializerContext;
