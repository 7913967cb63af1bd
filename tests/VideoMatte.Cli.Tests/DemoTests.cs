using System.Globalization;
using System.Runtime.InteropServices;
using VideoMatte.Evaluation.Synth;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>What <c>./run.sh demo</c> makes, held to the clip's true alpha.</summary>
public sealed class DemoTests
{
    private const int FramesPerSecond = 25;

    /// <summary>Bars: MAD x1e3 over the shot after its first second (also under a tenth of an all-zero matte's), and inside the true band.</summary>
    private const double MostMad = 20, MostBandMad = 200;

    [Fact]
    public async Task Demo_WritesClipsWithSoundAndASheet()
    {
        using var folder = new TempFolder();
        CliRun run = await CliRun.OfAsync(["demo", "-o", folder.Path]);
        Assert.True(run.Exit == 0, run.Err);
        SampleClip clip = SampleClips.All[0];
        foreach ((string suffix, string video, string format) in ((string, string, string)[])
            [(".mov", "prores", "yuva444p"), (".webm", "vp9", "yuv420p"), ("-composite.mp4", "h264", "yuv420p")])
        {
            string file = folder[clip.Name + suffix];
            string streams = await RealFfmpeg.ProbeAsync("-count_frames", "-show_entries", "stream=codec_type,codec_name,pix_fmt,nb_read_frames:stream_tags=alpha_mode", "-of", "csv=p=0", file);
            Assert.Contains($"{video},video,{format}", streams, StringComparison.Ordinal);
            Assert.Contains("audio", streams, StringComparison.Ordinal);
            Assert.Contains($",{clip.FrameCount}", streams, StringComparison.Ordinal);
            // ffmpeg's own VP9 decoder shows no alpha plane; the container says that there is one.
            Assert.Equal(video == "vp9", streams.Contains($",{clip.FrameCount},1", StringComparison.Ordinal));
        }

        Assert.Contains("png", await RealFfmpeg.ProbeAsync("-show_entries", "stream=codec_name", folder[clip.Name + "-sheet.png"]), StringComparison.Ordinal);
        await AssertNearTruthAsync(folder[clip.Name + ".mov"], clip);
    }

    private static async Task AssertNearTruthAsync(string file, SampleClip clip)
    {
        int width = clip.Format.Width, height = clip.Format.Height;
        byte[] raw = await RealFfmpeg.RunAsync("-i", file, "-map", "0:v:0", "-fps_mode", "passthrough", "-vf", "extractplanes=a", "-pix_fmt", "gray12le", "-f", "rawvideo", "pipe:1");
        Assert.Equal(clip.FrameCount * width * height * 2, raw.Length);
        using var pool = new CheckingFramePool { KeptBytes = 0 };
        int[] ends = [.. clip.ShotStarts.Skip(1), clip.FrameCount];
        for (int shot = 0; shot < ends.Length; shot++)
        {
            double error = 0, truth = 0, bandError = 0;
            long band = 0, pixels = 0;
            for (int frame = clip.ShotStarts[shot] + FramesPerSecond; frame < ends[shot]; frame++)
            {
                ReadOnlySpan<ushort> found = MemoryMarshal.Cast<byte, ushort>(raw.AsSpan(frame * width * height * 2, width * height * 2));
                using AlphaMatte expected = clip.RenderAlpha(pool, frame);
                for (int i = 0; i < found.Length; i++)
                {
                    double g = expected.Samples[i] / 65535.0, d = Math.Abs((found[i] / 4095.0) - g);
                    error += d;
                    truth += g;
                    pixels++;
                    if (g is > .02 and < .98)
                        (bandError, band) = (bandError + d, band + 1);
                }
            }

            double mad = 1e3 * error / pixels, zero = 1e3 * truth / pixels, inBand = 1e3 * bandError / band;
            string figures = string.Create(CultureInfo.InvariantCulture, $"shot {shot}: MAD {mad:0.00}, all-zero matte {zero:0.00}, band {inBand:0.0}");
            Assert.True(mad < MostMad && mad < zero / 10 && inBand < MostBandMad, figures);
        }
    }
}
