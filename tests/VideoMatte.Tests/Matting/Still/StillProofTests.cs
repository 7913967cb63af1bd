using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
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

/// <summary>The real still networks on real frames against an independent feed: R'G'B' brought to the network's size by ffmpeg, numbers made by
/// a formula written down here once more from each network's own description, a plain run of ONNX Runtime.</summary>
public sealed class StillProofTests(ITestOutputHelper output)
{
    /// <summary>Mean |difference| of the network's own matte: two codes of 8 bits, for two scalers' different kernels and 8-bit rounding between.</summary>
    private const double MeanTolerance = 2.0 / 255;

    private const int Frames = 3;

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
        RawClip raw = new(SharedData.Clips(clip), Frames);
        using CheckingFramePool pool = new() { KeptBytes = 0 };
        using StillMattingModel model = new(
            pool,
            StillSession.Open(bytes, entry.File, entry.Input!, entry.Output!, new SessionSettings()),
            new StillMattingOptions { Sha256 = entry.Sha256!, Input = entry.Input!, Output = entry.Output! });
        // Old exports bring hundreds of warnings at load.
        using SessionOptions quiet = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using InferenceSession session = new(bytes, quiet);
        IndependentFeed feed = IndependentFeed.Of(id);
        byte[] small = SmallPictures(raw, clip, feed.Width, feed.Height);
        Queue<MattedFrame> ready = new();
        double sum = 0, mean = 0;
        for (int i = 0; i < Frames; i++)
        {
            model.Process(raw.Frame(pool, i), ready);
            ready.Dequeue().Dispose();
            float[] expected = feed.Run(session, small.AsSpan(i * 3 * feed.Width * feed.Height, 3 * feed.Width * feed.Height));
            Assert.Equal(expected.Length, model.SmallAlpha.Length);
            for (int p = 0; p < expected.Length; p++)
                sum += Math.Abs(model.SmallAlpha[p] - expected[p]) / expected.Length / Frames;
            mean += expected.Average() / Frames;
        }

        output.WriteLine(FormattableString.Invariant($"{id} on {clip}: mean difference {sum * 255:F3}/255, mean alpha {mean:F3}"));
        Assert.True(sum < MeanTolerance, FormattableString.Invariant($"mean difference {sum * 255:F3}/255"));
        // A matte that is empty would agree with anything that is empty too.
        Assert.InRange(mean, .05, .9);
    }

    private static byte[] SmallPictures(RawClip raw, string clip, int width, int height)
    {
        string assumed = raw.Format.Colour.Assumed(raw.Format.Height) == ColourMatrix.Bt709 ? "bt709" : "bt601";
        string range = raw.Format.Colour.Range == ColourRange.Full ? "pc" : "tv";
        // First to RGB at full size, then smaller: the network's trainers scaled RGB pictures.
        string filter = FormattableString.Invariant($"scale=in_color_matrix={assumed}:in_range={range}:out_range=pc:flags=bicubic+accurate_rnd+full_chroma_int,format=gbrp,")
            + FormattableString.Invariant($"scale={width}:{height}:flags=bilinear+accurate_rnd,format=rgb24");
        return FfmpegRun.Ffmpeg("-i", SharedData.Clips(clip), "-map", "0:v:0", "-fps_mode", "passthrough", "-frames:v", $"{Frames}", "-vf", filter, "-f", "rawvideo", "-");
    }
}
