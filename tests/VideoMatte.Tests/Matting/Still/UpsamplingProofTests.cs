using VideoMatte.Evaluation.Metrics;
using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Matting.Still;
using VideoMatte.Models;
using VideoMatte.Testing;
using VideoMatte.Tests.Media;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Tests.Matting.Still;

/// <summary>Guided against bilinear upsampling of the real still networks' mattes on the shared composites, whose alpha is exact.</summary>
public sealed class UpsamplingProofTests(ITestOutputHelper output)
{
    /// <summary>The bars: Grad lower by 5 %, MAD not higher.</summary>
    private const double MostGrad = .95, MostMad = 1;

    /// <summary>Frames of a clip that are measured in the suite; the long proof takes every fifth.</summary>
    private const int ShortFrames = 3;

    private static readonly string[] Clips = ["fastman-beach-pan", "gestures-traffic-handheld", "head-stream-pan", "signing-room-still", "woman-ocean"];

    /// <summary>Two networks on fifteen frames; all five on every fifth frame are the long proof.</summary>
    [SharedTheory]
    [InlineData("mediapipe-selfie")]
    [InlineData("prisma")]
    public void Guided_OnSomeFramesOfTheComposites_IsNearerTheTruthThanBilinear(string id) => Prove(id, null, MostMad);

    /// <summary>The bars ask for four of five networks: deeplab, whose matte is a mask of its own idea of the outline, gains in Grad and
    /// stays within a thousandth in MAD.</summary>
    [SharedTheory]
    [Trait("Category", TestCategory.Long)]
    [InlineData("sinet", MostMad)]
    [InlineData("mediapipe-selfie", MostMad)]
    [InlineData("mediapipe-landscape", MostMad)]
    [InlineData("prisma", MostMad)]
    [InlineData("deeplab-person", 1.001)]
    public void Guided_OnEveryFifthFrameOfTheComposites_IsNearerTheTruthThanBilinear(string id, double mostMad) => Prove(id, 5, mostMad);

    private void Prove(string id, int? step, double mostMad)
    {
        using FileStream json = File.OpenRead(Path.Combine(SharedData.RepositoryRoot, "models", "catalog.json"));
        ModelEntry entry = ModelCatalogue.Load(json).Find(id)!;
        using CheckingFramePool pool = new() { KeptBytes = 0 };
        using StillMattingModel model = new(
            pool,
            StillSession.Open(File.ReadAllBytes(SharedData.Models(entry.File)), entry.File, entry.Input!, entry.Output!, new SessionSettings()),
            new StillMattingOptions { Sha256 = entry.Sha256!, Input = entry.Input!, Output = entry.Output! });
        (double Grad, double Mad) guided = default, bilinear = default;
        int frames = 0;
        foreach (string name in Clips)
        {
            RawClip clip = new(SharedData.Composites(Path.Combine(name, "com.mp4")), 200);
            (int width, int height) = (clip.Format.Width, clip.Format.Height);
            GradMetric grad = new(width, height);
            byte[] truths = FfmpegRun.Ffmpeg("-i", SharedData.Composites(Path.Combine(name, "pha.mkv")), "-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo", "-");
            Assert.Equal(clip.Count * width * height, truths.Length);
            for (int i = (step ?? clip.Count / ShortFrames) / 2; i < clip.Count; i += step ?? clip.Count / ShortFrames)
            {
                float[] truth = [.. truths.Skip(i * width * height).Take(width * height).Select(v => v / 255f)];
                Queue<MattedFrame> ready = new();
                model.Process(clip.Frame(pool, i), ready);
                using MattedFrame matted = ready.Dequeue();
                float[] found = [.. matted.Alpha.Samples.ToArray().Select(v => v / 65535f)];
                float[] spread = Spread(model, entry, width, height);
                Add(ref guided, grad, found, truth);
                Add(ref bilinear, grad, spread, truth);
                frames++;
            }
        }

        output.WriteLine(FormattableString.Invariant(
            $"{id}, {frames} frames: Grad {guided.Grad / frames:F2} against {bilinear.Grad / frames:F2} ({guided.Grad / bilinear.Grad:F3}), MAD {guided.Mad / frames:F3} against {bilinear.Mad / frames:F3}"));
        Assert.True(guided.Grad <= MostGrad * bilinear.Grad, FormattableString.Invariant($"Grad {guided.Grad / bilinear.Grad:F3} of bilinear's"));
        Assert.True(guided.Mad <= mostMad * bilinear.Mad, FormattableString.Invariant($"MAD {guided.Mad / bilinear.Mad:F4} of bilinear's"));
    }

    /// <summary>The same small matte brought up without the picture.</summary>
    private static float[] Spread(StillMattingModel model, ModelEntry entry, int width, int height)
    {
        (int fedWidth, int fedHeight) = entry.Input!.SizeFor(width, height);
        Assert.Equal(fedWidth * fedHeight, model.SmallAlpha.Length);
        float[] full = new float[width * height];
        new MatteUpsampler(fedWidth, fedHeight, width, height).Spread(model.SmallAlpha, full);
        return full;
    }

    private static void Add(ref (double Grad, double Mad) sum, GradMetric grad, float[] found, float[] truth)
    {
        sum.Grad += grad.Of(found, truth, GradVariant.Hr);
        sum.Mad += 1000 * found.Zip(truth, (a, g) => (double)Math.Abs(a - g)).Average();
    }
}
