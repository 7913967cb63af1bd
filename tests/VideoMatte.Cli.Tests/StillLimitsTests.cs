using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>One picture is a shot, too: what is seen in it is said of it.</summary>
public sealed class StillLimitsTests : IDisposable
{
    private static readonly Dictionary<string, string> Models = new(StringComparer.Ordinal) { ["VIDEOMATTE_MODELS"] = Path.Combine(SharedData.Root, "models") };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SharedFact]
    public async Task Matte_APictureOfNobody_Exits7()
    {
        await RealFfmpeg.RunAsync("-i", SharedData.Backgrounds("b1-room-still-432p.mp4"), "-frames:v", "1", _folder["room.png"]);
        Assert.Equal((7, "matte-empty"), await WarnedAsync("room.png"));
    }

    /// <summary>The juggler at half his height, a sixth of the picture: the catalogue says that the network fails there.</summary>
    [SharedFact]
    public async Task Matte_APictureOfSomebodyFarAway_SaysThatHeIsSmall()
    {
        await RealFfmpeg.RunAsync("-i", SharedData.Clips("06-webcam-head-300p.mp4"), "-frames:v", "1", "-vf", "scale=100:75,pad=400:300:150:200:0x808080", _folder["small.png"]);
        Assert.Equal((0, "subject-small"), await WarnedAsync("small.png"));
    }

    [SharedFact]
    public async Task Matte_APictureOfSomebodyNear_SaysNothing()
    {
        await RealFfmpeg.RunAsync("-i", SharedData.Clips("06-webcam-head-300p.mp4"), "-frames:v", "1", _folder["near.png"]);
        Assert.Equal((0, ""), await WarnedAsync("near.png"));
    }

    private async Task<(int Exit, string Codes)> WarnedAsync(string picture)
    {
        CliRun run = await CliRun.OfAsync(["matte", _folder[picture], "--model", "mediapipe-selfie", "-o", _folder["cut.png"], "--json"], Models);
        return (run.Exit, string.Join(' ', JsonDocument.Parse(run.Out).RootElement.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString())));
    }
}
