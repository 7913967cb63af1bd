using System.Globalization;
using System.Runtime.InteropServices;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>Clip 14: an empty room, then a woman walks in, with the camera's automatic exposure drifting. The built-in model with its clean
/// plate against RVM.</summary>
public sealed class CleanPlateTests
{
    private const int Width = 768, Height = 432, FramesPerSecond = 10, Grown = 20;

    [SharedFact]
    public async Task Matte_WalkingInWithACleanPlate_IsEmptyFirstAndAgreesWithRvmLast()
    {
        using var folder = new TempFolder();
        string clip = SharedData.Clips("14-cleanplate-woman-walksin-432p.mp4");
        float[][] plate = await MatteAsync(folder, clip, "plate", "--clean-plate", SharedData.Backgrounds("b1-room-still-432p.mp4"));
        float[][] rvm = await MatteAsync(folder, clip, SharedData.RvmModel);
        Assert.Equal(rvm.Length, plate.Length);

        double empty = plate.Take(FramesPerSecond).Average(f => f.Average());
        Assert.True(empty < 0.01, string.Create(CultureInfo.InvariantCulture, $"empty room: mean alpha {empty:0.0000}"));
        double both = 0, either = 0, outside = 0, pixels = 0;
        for (int frame = plate.Length - FramesPerSecond; frame < plate.Length; frame++)
        {
            bool[] near = Grow(rvm[frame]);
            for (int i = 0; i < near.Length; i++)
            {
                bool a = plate[frame][i] > 0.5f, b = rvm[frame][i] > 0.5f;
                both += a && b ? 1 : 0;
                either += a || b ? 1 : 0;
                (outside, pixels) = near[i] ? (outside, pixels) : (outside + plate[frame][i], pixels + 1);
            }
        }

        Assert.True(both / either >= 0.7, string.Create(CultureInfo.InvariantCulture, $"IoU {both / either:0.000}"));
        Assert.True(outside / pixels < 0.05, string.Create(CultureInfo.InvariantCulture, $"mean alpha outside {outside / pixels:0.0000}"));
    }

    private static async Task<float[][]> MatteAsync(TempFolder folder, string clip, string model, params string[] more)
    {
        string matte = folder[Guid.NewGuid().ToString("N") + ".mkv"];
        CliRun run = await CliRun.OfAsync(["matte", clip, "--model", model, "--smoothing", "off", "--alpha-out", matte, .. more]);
        Assert.True(run.Exit == 0, run.Err);
        byte[] raw = await RealFfmpeg.RunAsync("-i", matte, "-fps_mode", "passthrough", "-pix_fmt", "gray16le", "-f", "rawvideo", "pipe:1");
        ushort[] samples = MemoryMarshal.Cast<byte, ushort>(raw.AsSpan()).ToArray();
        return [.. samples.Chunk(Width * Height).Select(f => f.Select(s => s / 65535f).ToArray())];
    }

    /// <summary>The matte at 0.5, grown by a square of 20 px each way.</summary>
    private static bool[] Grow(float[] matte)
    {
        var across = new bool[matte.Length];
        var grown = new bool[matte.Length];
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
                if (matte[(y * Width) + x] > 0.5f)
                    across.AsSpan((y * Width) + Math.Max(0, x - Grown), Math.Min(Width, x + Grown + 1) - Math.Max(0, x - Grown)).Fill(true);
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
                for (int dy = Math.Max(0, y - Grown); across[(y * Width) + x] && dy <= Math.Min(Height - 1, y + Grown); dy++)
                    grown[(dy * Width) + x] = true;
        return grown;
    }
}
