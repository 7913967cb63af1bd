using System.Diagnostics;
using VideoMatte.Matting.Plate;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Matting;

/// <summary>Clip 14 with its clean plate: an empty room, then a woman walks in, and automatic exposure drifts meanwhile.</summary>
public sealed class PlateOnRealClipTests
{
    private const int Width = 768;
    private const int Height = 432;
    private const int FramesASecond = 10;

    /// <summary>Issue bars: an empty room stays empty, the last second agrees with RVM, and little else is marked.</summary>
    private const double MostInEmptyRoom = 0.01;
    private const double LeastOverlap = 0.7;
    private const double MostOutside = 0.05;

    /// <summary>Pixels that RVM's matte is grown by before "outside" begins.</summary>
    private const int Grown = 20;

    /// <summary>The graph by itself; the whole program meets the same bars in the suite.</summary>
    [SharedFact]
    [Trait("Category", TestCategory.Long)]
    public void Woman_walks_in_Matte_agrees_with_rvm()
    {
        float ratio = MathF.Min(1f, 512f / Width);
        CleanPlate clean = new(Width, Height, ratio);
        foreach (float[] frame in Decode(SharedData.Backgrounds("b1-room-still-432p.mp4")))
            clean.Add(frame);
        using PlateRunner plate = new(File.ReadAllBytes(Path.Combine(SharedData.RepositoryRoot, "models", "plate.onnx")));
        plate.Seed(clean.ToStates());
        using PlateRunner rvm = new(File.ReadAllBytes(SharedData.RvmModel));

        List<float[]> plates = [];
        List<float[]> peers = [];
        foreach (float[] frame in Decode(SharedData.Clips("14-cleanplate-woman-walksin-432p.mp4")))
        {
            plates.Add(plate.Step(frame, Width, Height, ratio).Alpha);
            peers.Add(rvm.Step(frame, Width, Height, ratio).Alpha);
        }

        Assert.Equal(81, plates.Count);
        Assert.InRange(plates.Take(FramesASecond).Average(a => a.Average()), 0, MostInEmptyRoom);
        foreach ((float[] ours, float[] peer) in plates.Zip(peers).TakeLast(FramesASecond))
        {
            int both = ours.Zip(peer).Count(p => p.First > 0.5f && p.Second > 0.5f);
            int either = ours.Zip(peer).Count(p => p.First > 0.5f || p.Second > 0.5f);
            Assert.InRange((double)both / either, LeastOverlap, 1);
            bool[] near = Grow(peer);
            Assert.InRange(ours.Where((_, i) => !near[i]).Average(), 0, MostOutside);
        }
    }

    private static bool[] Grow(float[] alpha)
    {
        bool[] rows = new bool[alpha.Length];
        bool[] grown = new bool[alpha.Length];
        for (int i = 0; i < alpha.Length; i++)
            for (int x = Math.Max(0, i % Width - Grown); alpha[i] > 0.5f && x <= Math.Min(Width - 1, i % Width + Grown); x++)
                rows[i / Width * Width + x] = true;
        for (int i = 0; i < alpha.Length; i++)
            for (int y = Math.Max(0, i / Width - Grown); rows[i] && y <= Math.Min(Height - 1, i / Width + Grown); y++)
                grown[y * Width + i % Width] = true;
        return grown;
    }

    private static IEnumerable<float[]> Decode(string path)
    {
        ProcessStartInfo start = new("ffmpeg") { RedirectStandardOutput = true };
        foreach (string argument in (string[])["-nostdin", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"])
            start.ArgumentList.Add(argument);
        using Process ffmpeg = Process.Start(start)!;
        byte[] packed = new byte[3 * Width * Height];
        while (ffmpeg.StandardOutput.BaseStream.ReadAtLeast(packed, packed.Length, throwOnEndOfStream: false) == packed.Length)
        {
            float[] planar = new float[packed.Length];
            for (int i = 0; i < packed.Length; i++)
                planar[i % 3 * Width * Height + i / 3] = packed[i] / 255f;
            yield return planar;
        }

        ffmpeg.WaitForExit();
        Assert.Equal(0, ffmpeg.ExitCode);
    }
}
