using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Matting;
using VideoMatte.Matting.Still;
using VideoMatte.Models;
using VideoMatte.Testing;
using VideoMatte.Tests.Media;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Tests.Matting.Still;

/// <summary>The real still networks on real frames against mattes that another program made: <c>independent_feed.js</c>, R'G'B' brought to the
/// network's size by ffmpeg, numbers by a formula written down there from each network's own description, run by the node binding of another
/// release of ONNX Runtime. Its mattes lie in <c>Expected</c>.</summary>
public sealed class StillProofTests(ITestOutputHelper output)
{
    /// <summary>Mean |difference| of the network's own matte: two codes of 8 bits, for two scalers' different kernels and 8-bit rounding between.</summary>
    private const double MeanTolerance = 2.0 / 255;

    /// <summary>The frames that the script takes.</summary>
    private static readonly int[] Frames = [0, 20];

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string id in (string[])["mediapipe-selfie", "mediapipe-landscape", "sinet", "prisma", "deeplab-person"])
                foreach (string clip in (string[])["06-webcam-head-300p.mp4", "07-portrait-talk-sound-1080x1920-hevc.mp4", "08-woman-movingcamera-sound-720p.mp4"])
                    cases.Add(id, clip);
            return cases;
        }
    }

    [SharedTheory]
    [MemberData(nameof(Cases))]
    public void SmallMatte_OfARealClip_EqualsAnIndependentFeed(string id, string clip)
    {
        using FileStream json = File.OpenRead(Path.Combine(SharedData.RepositoryRoot, "models", "catalog.json"));
        ModelEntry entry = ModelCatalogue.Load(json).Find(id)!;
        byte[] bytes = File.ReadAllBytes(SharedData.Models(entry.File));
        byte[] expected = Expected(id, clip);
        RawClip raw = new(SharedData.Clips(clip), Frames[^1] + 1);
        using CheckingFramePool pool = new() { KeptBytes = 0 };
        using StillMattingModel model = new(
            pool,
            StillSession.Open(bytes, entry.File, entry.Input!, entry.Output!, new SessionSettings()),
            new StillMattingOptions { Sha256 = entry.Sha256!, Input = entry.Input!, Output = entry.Output! });
        Queue<MattedFrame> ready = new();
        double sum = 0, mean = 0;
        for (int i = 0; i < Frames.Length; i++)
        {
            model.Process(raw.Frame(pool, Frames[i]), ready);
            ready.Dequeue().Dispose();
            ReadOnlySpan<float> found = model.SmallAlpha;
            Assert.Equal(expected.Length, found.Length * Frames.Length);
            for (int p = 0; p < found.Length; p++)
            {
                double truth = expected[(i * found.Length) + p] / 255.0;
                sum += Math.Abs(found[p] - truth) / expected.Length;
                mean += truth / expected.Length;
            }
        }

        output.WriteLine(FormattableString.Invariant($"{id} on {clip}: mean difference {sum * 255:F3}/255, mean alpha {mean:F3}"));
        Assert.True(sum < MeanTolerance, FormattableString.Invariant($"mean difference {sum * 255:F3}/255"));
        // A matte that is empty would agree with anything that is empty too.
        Assert.InRange(mean, .05, .9);
    }

    /// <summary>One matte under the other.</summary>
    private static byte[] Expected(string id, string clip) => FfmpegRun.Ffmpeg(
        "-i", Path.Combine(SharedData.RepositoryRoot, "tests", "VideoMatte.Tests", "Matting", "Still", "Expected", $"{id}_{clip[..2]}.png"), "-f", "rawvideo", "-pix_fmt", "gray", "-");
}
