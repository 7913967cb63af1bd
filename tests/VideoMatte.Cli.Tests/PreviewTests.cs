using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>A preview shows the matte the job will make, says what the model says, and says where it cannot know.</summary>
public sealed class PreviewTests : IDisposable
{
    /// <summary>Of a sheet: one column of triples, each the picture, its alpha and the cutout.</summary>
    private const int Tile = 400, Gap = 5, TileHeight = 200, SheetWidth = (3 * (Tile + Gap)) + Gap;

    private static readonly Dictionary<string, string> Models = new(StringComparer.Ordinal) { ["VIDEOMATTE_MODELS"] = Path.Combine(SharedData.Root, "models") };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Two discs, a prompt on the right one at two seconds: looks before it show both, looks behind it one, counted from the first frame
    /// of the part that is asked for.</summary>
    [Theory]
    [InlineData("@2", 2.0)]
    [InlineData("@1.5", 2.5, "--start", "1")]
    [InlineData("", 0.0)]
    public async Task Preview_OfASubject_KnowsHimFromThePromptsTimeOn(string at, double begins, params string[] more)
    {
        await TwoDiscsAsync();
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--alpha-in", _folder["m.mkv"], "--subject", "240,80" + at, .. more, "--preview", "2", "-o", _folder["x.mov"], "--json"], MatteRun.NoModels);
        Assert.True(run.Exit == 0, run.Err);
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        // Which moments they are depends on how much was scanned for shots in the time there is; one is in either half.
        double[] times = [.. result.GetProperty("times").EnumerateArray().Select(t => t.GetDouble())];
        Assert.Equal((begins == 0, true), (times[0] >= begins, times[1] >= begins));
        byte[] sheet = await SheetAsync("x-preview.png");
        for (int look = 0; look < 2; look++)
            Assert.Equal((times[look] < begins, true), (IsWhite(sheet, look, 80), IsWhite(sheet, look, 240)));
        Assert.Contains("preview-subject", Codes(result));
        Assert.Contains("preview-subject", run.Err, StringComparison.Ordinal);
    }

    /// <summary>What a model warns of in a job it warns of in a look, with the times.</summary>
    [SharedFact]
    public async Task Preview_WhereNobodyIs_SaysThatTheMatteIsEmpty()
    {
        CliRun run = await CliRun.OfAsync(["matte", SharedData.Backgrounds("b1-room-still-432p.mp4"), "--model", "rvm", "--preview", "2", "-o", _folder["x.mov"], "--json"], Models);
        Assert.True(run.Exit == 0, run.Err);
        JsonElement only = Assert.Single(JsonDocument.Parse(run.Out).RootElement.GetProperty("warnings").EnumerateArray(), w => w.GetProperty("code").GetString() == "matte-empty");
        Assert.Matches("^At [0-9.]+, [0-9.]+ s: ", only.GetProperty("message").GetString());
    }

    /// <summary>What the job would take from the fallback is in the look, too; where the machine is so slow that a look is too short to judge by,
    /// that is said.</summary>
    [SharedFact]
    public async Task Preview_WithAFallback_ShowsItOrSaysThatItCannot()
    {
        CliRun run = await CliRun.OfAsync(
            ["matte", SharedData.Clips("06-webcam-head-300p.mp4"), "--model", "rvm", "--downsample-ratio", "0.05", "--fallback", "mediapipe-selfie", "--preview", "1", "-o", _folder["x.mov"], "--json"], Models);
        Assert.True(run.Exit == 0, run.Err);
        string[] codes = Codes(JsonDocument.Parse(run.Out).RootElement);
        byte[] raw = await RealFfmpeg.RunAsync("-i", _folder["x-preview.png"], "-vf", $"crop={Tile}:ih-{2 * Gap}:{Tile + (2 * Gap)}:{Gap}", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1");
        double alpha = raw.Average(v => v / 255.0);
        // A head and shoulders in a fifth of the picture, and more.
        Assert.True(codes.Contains("fallback") ? alpha > .15 : codes.Contains("preview-fallback"), $"{alpha}, {string.Join(' ', codes)}");
    }

    private async Task TwoDiscsAsync()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc2=s=320x160:r=25:d=4", "-c:v", "ffv1", _folder["in.mkv"]);
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "color=black:s=320x160:r=25:d=4", "-vf",
            "format=gray,geq=lum='if(lt(hypot(mod(X,160)-80,Y-80),40),255,0)'", "-c:v", "ffv1", _folder["m.mkv"]);
    }

    private async Task<byte[]> SheetAsync(string name)
    {
        byte[] raw = await RealFfmpeg.RunAsync("-i", _folder[name], "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1");
        Assert.Equal(SheetWidth * ((2 * (TileHeight + Gap)) + Gap), raw.Length);
        return raw;
    }

    /// <summary>Whether the alpha of a look is full at a column of the clip, in its middle row.</summary>
    private static bool IsWhite(byte[] sheet, int look, int column) =>
        sheet[((Gap + (look * (TileHeight + Gap)) + (TileHeight / 2)) * SheetWidth) + Tile + (2 * Gap) + (column * Tile / 320)] > 200;

    private static string[] Codes(JsonElement result) =>
        [.. result.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()!)];
}
