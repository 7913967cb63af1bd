using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>Files read beside the source: what is wrong with one is told, by its name.</summary>
public sealed class SideFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--background")]
    [InlineData("--clean-plate")]
    [InlineData("--include")]
    [InlineData("--exclude")]
    [InlineData("--alpha-in")]
    public async Task Matte_ASideFileThatIsCutOff_IsNamedAndExits7(string option)
    {
        // The given matte must have a frame for each of the source's: the part that is left of it has.
        await ClipAsync("in.mp4", "96x64", option == "--alpha-in" ? 6 : 30);
        await ClipAsync("whole.mp4", "96x64", 24);
        byte[] whole = await File.ReadAllBytesAsync(_folder["whole.mp4"]);
        await File.WriteAllBytesAsync(_folder["side.mp4"], whole[..(whole.Length * 2 / 3)]);
        string[] model = option == "--alpha-in" ? [] : ["--model", "plate"];
        string[] whole1 = ["matte", _folder["in.mp4"], option, _folder["whole.mp4"], .. model, "-o", _folder["w.mp4"], "--alpha-out", _folder["w.mkv"], "--json"];
        string[] half = ["matte", _folder["in.mp4"], option, _folder["side.mp4"], .. model, "-o", _folder["x.mp4"], "--alpha-out", _folder["m.mkv"], "--json"];
        CliRun sound = await CliRun.OfAsync(whole1);
        Assert.True(sound.Exit == 0, sound.Err);
        CliRun run = await CliRun.OfAsync(half);
        Assert.True(run.Exit == 7, $"exit {run.Exit}: {run.Err}");
        JsonElement warning = JsonDocument.Parse(run.Out).RootElement.GetProperty("warnings").EnumerateArray()
            .Single(w => w.GetProperty("code").GetString()!.StartsWith("file-", StringComparison.Ordinal));
        Assert.Contains(_folder["side.mp4"], warning.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains(_folder["side.mp4"], run.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("64x64")]
    [InlineData("98x64")]
    public async Task Matte_ACleanPlateOfAnotherShape_Exits2(string size)
    {
        await ClipAsync("in.mp4", "96x64", 2);
        await ClipAsync("plate.mp4", size, 2);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mp4"], "--clean-plate", _folder["plate.mp4"], "-o", _folder["x.mov"], "--json"]);
        Assert.Equal(2, run.Exit);
        JsonElement error = JsonDocument.Parse(run.Out).RootElement.GetProperty("error");
        Assert.Equal("clean-plate-shape", error.GetProperty("code").GetString());
        Assert.Contains(size, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["x.mov"]));
    }

    /// <summary>The plate is the clip's own picture, twice as large: all of the clip is background, and it is only if every pixel lies where it should.</summary>
    [Fact]
    public async Task Matte_ACleanPlateOfAnotherSize_IsScaledWithAWarning()
    {
        await RealFfmpeg.RunAsync("-f", "lavfi", "-i", "testsrc=s=192x128:r=25", "-frames:v", "1", _folder["plate.png"]);
        await RealFfmpeg.RunAsync("-loop", "1", "-i", _folder["plate.png"], "-frames:v", "4", "-vf", "scale=96:64:flags=area", "-c:v", "ffv1", "-pix_fmt", "yuv444p", _folder["in.mkv"]);
        CliRun run = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--clean-plate", _folder["plate.png"], "--model", "plate", "--alpha-out", _folder["m.mkv"], "--json"]);
        // An empty matte is not what is asked for as a rule; here it is.
        Assert.True(run.Exit == 7, run.Err);
        Assert.Contains("clean-plate-scaled", JsonDocument.Parse(run.Out).RootElement.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()));
        ushort[] matte = await MatteRun.DecodeAsync(_folder["m.mkv"]);
        const double emptyScene = 0.02;
        Assert.True(matte.Average(a => a / 65535.0) < emptyScene, FormattableString.Invariant($"mean alpha {matte.Average(a => a / 65535.0)}"));
        CliRun same = await CliRun.OfAsync(["matte", _folder["in.mkv"], "--clean-plate", _folder["in.mkv"], "--model", "plate", "--alpha-out", _folder["n.mkv"], "--json"]);
        Assert.DoesNotContain("clean-plate-scaled", same.Out, StringComparison.Ordinal);
    }

    /// <summary>Index first, so that what is cut off can be read up to there.</summary>
    private Task ClipAsync(string name, string size, int frames) => RealFfmpeg.RunAsync(
        "-f", "lavfi", "-i", $"testsrc2=s={size}:r=25", "-frames:v", FormattableString.Invariant($"{frames}"), "-pix_fmt", "yuv420p", "-c:v", "libx264", "-bf", "0", "-g", "6", "-color_range", "tv",
        "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-movflags", "+faststart", _folder[name]);
}
