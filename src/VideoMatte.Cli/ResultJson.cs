using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoMatte.Cli;

/// <summary>How results are printed: camelCase, indented, nulls kept so that a reader finds every field.</summary>
internal static class ResultJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Default,
        NumberHandling = JsonNumberHandling.Strict,
    };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);
}
