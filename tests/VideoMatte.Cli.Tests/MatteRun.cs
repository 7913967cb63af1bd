using System.Runtime.InteropServices;
using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>A run of <c>matte</c> that must succeed, and its full 16-bit matte as ffmpeg decodes it again.</summary>
internal sealed record MatteRun(JsonElement Result, ushort[] Matte)
{
    /// <summary>No model can be found: whatever needs one fails.</summary>
    public static readonly IReadOnlyDictionary<string, string> NoModels = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["VIDEOMATTE_MODELS"] = string.Empty,
        ["XDG_CACHE_HOME"] = "/nonexistent",
    };

    public IEnumerable<string> Stages => Result.GetProperty("stages").EnumerateArray().Select(s => s.GetProperty("name").GetString()!);

    public IEnumerable<string> Warnings => Result.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()!);

    public static async Task<MatteRun> OfAsync(TempFolder folder, string clip, params string[] options)
    {
        string alpha = folder[Guid.NewGuid().ToString("N") + ".mkv"];
        CliRun run = await CliRun.OfAsync(["matte", clip, "--alpha-out", alpha, "--json", .. options], NoModels);
        Assert.True(run.Exit == 0, run.Err);
        return new MatteRun(JsonDocument.Parse(run.Out).RootElement, await DecodeAsync(alpha));
    }

    /// <summary>All frames as 16-bit grey.</summary>
    public static async Task<ushort[]> DecodeAsync(string file, params string[] before) => MemoryMarshal.Cast<byte, ushort>((await RealFfmpeg.RunAsync(
        [.. before, "-i", file, "-fps_mode", "passthrough", "-pix_fmt", "gray16le", "-f", "rawvideo", "pipe:1"])).AsSpan()).ToArray();
}
