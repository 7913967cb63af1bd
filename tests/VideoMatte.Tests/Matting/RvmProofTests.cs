using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Matting;
using VideoMatte.Testing;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Tests.Matting;

/// <summary>The real network on real clips against an independent loop: R'G'B' of ffmpeg's, plain runs of ONNX Runtime, states as arrays.
/// In the suite one landscape, full-range clip and one upright HEVC; the whole program is held to the same loop on all clips elsewhere.</summary>
public sealed class RvmProofTests(ITestOutputHelper output)
{
    /// <summary>Most mean difference of the 16-bit matte: half a code of 8 bits. Clip 12, on which the network never settles, has tests of
    /// its own where whole programs are tested.</summary>
    private const double MeanTolerance = .5 / 255;

    [SharedTheory]
    [InlineData("05-signing-webcam-480p.mp4", 10)]
    [InlineData("07-portrait-talk-sound-1080x1920-hevc.mp4", 6)]
    public void Matte_OfARealClip_EqualsAnIndependentLoop(string name, int frames) => Prove(name, frames);

    [Trait("Category", TestCategory.Long)]
    [SharedTheory]
    [InlineData("01-juggle-fullbody-720p.mp4")]
    [InlineData("03-cups-fasthands-720p.mp4")]
    [InlineData("04-bedroom-jump-hair-540p.mp4")]
    [InlineData("05-signing-webcam-480p.mp4")]
    [InlineData("06-webcam-head-300p.mp4")]
    [InlineData("08-woman-movingcamera-sound-720p.mp4")]
    [InlineData("09-portrait-hair-handheld-720x1364.mp4")]
    [InlineData("11-bw-film-talk-sound-480p.mp4")]
    [InlineData("13-portrait-gestures-speech-720x1280.mp4")]
    [InlineData("14-cleanplate-woman-walksin-432p.mp4")]
    public void Matte_OfEveryClip_EqualsAnIndependentLoop(string name) => Prove(name, 60);

    private void Prove(string name, int frames)
    {
        RawClip clip = new(SharedData.Clips(name), frames);
        Assert.Equal(frames, clip.Count);
        byte[] bytes = File.ReadAllBytes(SharedData.RvmModel);
        using CheckingFramePool pool = new() { KeptBytes = 0 };
        using RecurrentMattingModel model = new(
            pool, RecurrentSession.Open(bytes, "rvm", new SessionSettings()), new RecurrentMattingOptions { Sha256 = "", ProduceForeground = false });
        using PlateRunner independent = new(bytes);
        float ratio = Math.Min(1f, 512f / Math.Max(clip.Format.Width, clip.Format.Height));
        Queue<MattedFrame> ready = new();
        double worst = 0, sum = 0, alphaSum = 0;
        for (int i = 0; i < frames; i++)
        {
            model.Process(clip.Frame(pool, i), ready);
            using MattedFrame matted = ready.Dequeue();
            float[] expected = independent.Step(clip.Rgb(i), clip.Format.Width, clip.Format.Height, ratio).Alpha;
            ReadOnlySpan<ushort> found = matted.Alpha.Samples;
            double difference = 0;
            for (int p = 0; p < expected.Length; p++)
            {
                difference += Math.Abs((found[p] / 65535.0) - expected[p]);
                alphaSum += found[p] / 65535.0 / expected.Length;
            }

            worst = Math.Max(worst, difference / expected.Length);
            sum += difference / expected.Length;
        }

        output.WriteLine(FormattableString.Invariant(
            $"{name}: mean difference {sum / frames * 255:F4}/255, worst frame {worst * 255:F4}/255, mean alpha {alphaSum / frames:F3}"));
        Assert.True(sum / frames < MeanTolerance, FormattableString.Invariant($"mean difference {sum / frames * 255:F3}/255"));
        // A matte that is empty throughout would agree with anything that is empty too.
        Assert.InRange(alphaSum / frames, .01, .9);
    }
}
