using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace VideoMatte.Cli.Tests;

/// <summary>The entry of a model of the user's own, as it lies beside its file.</summary>
internal static class OwnEntry
{
    public static JsonObject Of(string id, string url, byte[] body) => new()
    {
        ["id"] = id,
        ["name"] = id,
        ["family"] = "rvm",
        ["file"] = id + ".onnx",
        ["licence"] = "MIT",
        ["commercial"] = "yes",
        ["goodFor"] = "x",
        ["failsOn"] = "x",
        ["source"] = "x",
        ["url"] = url,
        ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(body)),
        ["bytes"] = body.Length,
    };
}
