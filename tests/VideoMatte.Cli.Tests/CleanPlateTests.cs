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
        float[][] plate = await MatteAsync(folder, clip, "plate", Width * Height, "--clean-plate", SharedData.Backgrounds("b1-room-still-432p.mp4"));
        float[][] rvm = await MatteAsync(folder, clip, SharedData.RvmModel, Width * Height);
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

    /// <summary>The same clip as a hand holds the camera: shifted by up to 20 pixels and turned by up to .7 degrees. The plate goes along: the empty
    /// room stays empty (taken to stand still, a third of it is foreground), and the woman is who she is before a camera that stands.</summary>
    [SharedFact]
    public async Task Matte_AHandheldCameraWithACleanPlate_FollowsThePlate()
    {
        const int Margin = 24, Own = 12;
        using var folder = new TempFolder();
        string clip = SharedData.Clips("14-cleanplate-woman-walksin-432p.mp4"), crop = $"crop=iw-{2 * Margin}:ih-{2 * Margin}";
        await RealFfmpeg.RunAsync("-i", clip, "-frames:v", "1", "-vf", $"{crop}:{Margin}:{Margin}", folder["plate.png"]);
        await RealFfmpeg.RunAsync("-i", clip, "-vf", $"select='lt(n,{Own})+gt(n,68)',{crop}:{Margin}:{Margin}", "-fps_mode", "passthrough", "-c:v", "ffv1", folder["still.mkv"]);
        await RealFfmpeg.RunAsync("-i", clip, "-vf", $"select='lt(n,{Own})+gt(n,68)',rotate='0.012*sin(n/2)':bilinear=1,{crop}:x='{Margin}+14*sin(n/2)+6*sin(n/0.7)':y='{Margin}+12*sin(n/3+1)'",
            "-fps_mode", "passthrough", "-c:v", "ffv1", folder["moved.mkv"]);
        string[] plate = ["--clean-plate", folder["plate.png"], "--shots", "off"];
        const int Pixels = (Width - (2 * Margin)) * (Height - (2 * Margin));
        float[][] still = await MatteAsync(folder, folder["still.mkv"], "plate", Pixels, plate), moved = await MatteAsync(folder, folder["moved.mkv"], "plate", Pixels, plate);
        double empty = moved.Take(Own).Average(f => f.Average());
        Assert.True(empty < .01, string.Create(CultureInfo.InvariantCulture, $"empty room: mean alpha {empty:0.0000}"));
        double area = still.Skip(Own).Average(f => f.Average()), own = moved.Skip(Own).Average(f => f.Average());
        Assert.True(area > .1, string.Create(CultureInfo.InvariantCulture, $"nobody there: {area:0.0000}"));
        // Turned and shifted she covers a little more or less of the picture.
        Assert.InRange(own / area, .93, 1.07);
    }

    private static async Task<float[][]> MatteAsync(TempFolder folder, string clip, string model, int pixels, params string[] more)
    {
        string matte = folder[Guid.NewGuid().ToString("N") + ".mkv"];
        CliRun run = await CliRun.OfAsync(["matte", clip, "--model", model, "--smoothing", "off", "--alpha-out", matte, .. more]);
        Assert.True(run.Exit == 0, run.Err);
        byte[] raw = await RealFfmpeg.RunAsync("-i", matte, "-fps_mode", "passthrough", "-pix_fmt", "gray16le", "-f", "rawvideo", "pipe:1");
        ushort[] samples = MemoryMarshal.Cast<byte, ushort>(raw.AsSpan()).ToArray();
        return [.. samples.Chunk(pixels).Select(f => f.Select(s => s / 65535f).ToArray())];
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
