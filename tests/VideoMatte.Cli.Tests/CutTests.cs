using System.Runtime.InteropServices;
using System.Text.Json;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>A clip with a cut, spliced from two real clips: state and smoother begin anew there.</summary>
public sealed class CutTests
{
    private const int Frames = 30, Width = 320, Height = 240;

    /// <summary>Only the lossy coding of the splice lies between the two.</summary>
    private const double SameTolerance = 0.5 / 255;

    [SharedFact]
    public async Task Matte_AfterACut_IsThatOfTheSecondClipAlone()
    {
        using var folder = new TempFolder();
        // Lossless, so that both see the same samples after the cut.
        string[] lossless = ["-c:v", "libx264", "-qp", "0", "-preset", "ultrafast", "-an"];
        string filter = $"scale={Width}:{Height},fps=30,setsar=1,format=yuv420p";
        foreach ((string name, string clip) in ((string, string)[])[("a", "08-woman-movingcamera-sound-720p.mp4"), ("b", "11-bw-film-talk-sound-480p.mp4")])
            await RealFfmpeg.RunAsync(["-i", SharedData.Clips(clip), "-vf", filter, "-frames:v", $"{Frames}", .. lossless, folder[name + ".mp4"]]);
        await RealFfmpeg.RunAsync(["-i", folder["a.mp4"], "-i", folder["b.mp4"], "-filter_complex", "[0:v][1:v]concat=n=2:v=1", .. lossless, folder["ab.mp4"]]);

        ushort[] alone = await MatteAsync(folder, "b.mp4");
        ushort[] spliced = await MatteAsync(folder, "ab.mp4", "--smoothing", "average");
        ushort[] aloneSmoothed = await MatteAsync(folder, "b.mp4", "--smoothing", "average");
        ushort[] plain = await MatteAsync(folder, "ab.mp4");
        ushort[] crossed = await MatteAsync(folder, "ab.mp4", "--shots", "off");

        Assert.True(Difference(alone, plain) < SameTolerance, $"after the cut {Difference(alone, plain) * 255}/255");
        Assert.True(Difference(aloneSmoothed, spliced) < SameTolerance, $"smoothed {Difference(aloneSmoothed, spliced) * 255}/255");
        Assert.True(Difference(alone, crossed) > SameTolerance, $"with --shots off {Difference(alone, crossed) * 255}/255");
    }

    private static async Task<ushort[]> MatteAsync(TempFolder folder, string clip, params string[] more)
    {
        string output = folder[Guid.NewGuid().ToString("N") + ".mkv"];
        string[] smoothing = more.Contains("--smoothing") ? [] : ["--smoothing", "off"];
        CliRun run = await CliRun.OfAsync(["matte", folder[clip], "--model", SharedData.RvmModel, "--warmup", "0", .. smoothing, .. more,
            "--alpha-out", output, "--json"]);
        Assert.True(run.Exit == 0, run.Err);
        int shots = JsonDocument.Parse(run.Out).RootElement.GetProperty("shots").GetArrayLength();
        Assert.Equal(clip == "ab.mp4" && !more.Contains("--shots") ? 2 : 1, shots);
        byte[] raw = await RealFfmpeg.RunAsync("-i", output, "-fps_mode", "passthrough", "-pix_fmt", "gray16le", "-f", "rawvideo", "pipe:1");
        ushort[] all = MemoryMarshal.Cast<byte, ushort>(raw.AsSpan()).ToArray();
        return all[^(Frames * Width * Height)..];
    }

    private static double Difference(ushort[] a, ushort[] b) => a.Zip(b, (x, y) => Math.Abs(x - y) / 65535.0).Average();
}
